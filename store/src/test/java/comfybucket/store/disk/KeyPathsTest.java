package comfybucket.store.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import comfybucket.store.disk.SegmentNames.Kind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The names of files: what a key's file is called, and that no two keys ever meet in one file. */
class KeyPathsTest {
    private static final int RANDOM_KEYS = 5_000;
    /** Characters that Windows refuses or drops, names that it keeps for devices, names that Unix hides. */
    private static final Pattern REFUSED_SOMEWHERE =
            Pattern.compile("[\\x00-\\x1f\\x7f\"*:<>?\\\\|]|^\\.|[. ]$|(?i)^(con|prn|aux|nul|com\\d|lpt\\d)(\\..*)?$");

    private static final Path BUCKET = Path.of("nowhere", "bucket");

    /** The kinds of file systems, and of processes. */
    enum Disk {
        EXACT(false, true),
        FOLDING(true, true),
        ASCII(false, false);

        private final boolean folds;
        private final boolean unicode;

        Disk(boolean folds, boolean unicode) {
            this.folds = folds;
            this.unicode = unicode;
        }

        private KeyPaths paths() {
            return new KeyPaths(new NameRules(folds, unicode));
        }

        private List<String> names(String key) throws IOException {
            List<String> names = new ArrayList<>();
            BUCKET.relativize(paths().find(BUCKET, key)).forEach(name -> names.add(name.toString()));
            return names;
        }
    }

    private static Stream<String> keys() {
        Random random = new Random(20_261_123);
        return Stream.concat(
                        Keys.NASTY.stream(),
                        Stream.generate(() -> Keys.random(random)).limit(RANDOM_KEYS))
                .distinct();
    }

    @ParameterizedTest
    @EnumSource
    void noTwoKeysShareAFileOnAnyFileSystem(Disk disk) throws IOException {
        Map<String, String> files = new HashMap<>();
        for (String key : keys().toList()) {
            String file = String.join("/", disk.names(key));
            assertThat(files.put(disk.folds ? folded(file) : file, key))
                    .as("%s for %s", file, key)
                    .isNull();
        }
    }

    /** What the least discerning file system makes of a name. */
    private static String folded(String name) {
        String composed = Normalizer.normalize(name, Normalizer.Form.NFC);
        return Normalizer.normalize(composed.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT), Normalizer.Form.NFC);
    }

    @ParameterizedTest
    @EnumSource
    void everyNameIsOneThatEveryFileSystemTakes(Disk disk) throws IOException {
        for (String key : keys().toList()) {
            for (String name : disk.names(key)) {
                int bytes = name.getBytes(StandardCharsets.UTF_8).length;
                if (REFUSED_SOMEWHERE.matcher(name).find()
                        || bytes < 1
                        || bytes > 255
                        || (!disk.unicode && bytes > name.length())) {
                    fail("%s is the name of %s", name, key);
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void anObjectNeverNeedsTheNameOfAFolder(Disk disk) throws IOException {
        Map<String, Boolean> folders = new HashMap<>();
        for (String key : keys().toList()) {
            StringBuilder path = new StringBuilder();
            List<String> names = disk.names(key);
            for (int i = 0; i < names.size(); i++) {
                path.append('/').append(disk.folds ? folded(names.get(i)) : names.get(i));
                boolean folder = i < names.size() - 1;
                Boolean before = folders.put(path.toString(), folder);
                if (before != null && before != folder) {
                    fail("%s is a file and a folder", path);
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void namesAreReadBackAsTheKeysTheyStandFor(Disk disk) throws IOException {
        KeyPaths paths = disk.paths();
        for (String key : keys().toList()) {
            assertThat(read(paths, disk.names(key))).isEqualTo(key);
        }
    }

    private static String read(KeyPaths paths, List<String> names) {
        StringBuilder key = new StringBuilder();
        String beginning = "";
        List<String> above = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            KeyPaths.Entry entry = paths.read(names.get(i), i < names.size() - 1, beginning, above)
                    .orElseThrow();
            if (!entry.ours()) {
                fail("%s is not the name that we would give", names);
            }
            if (entry.kind() == Kind.BEGINNING) {
                beginning = entry.segment();
                above.add(names.get(i));
            } else {
                key.append(entry.segment()).append(entry.kind() == Kind.FOLDER ? "/" : "");
                beginning = "";
                above.clear();
            }
        }
        return key.toString();
    }

    @Test
    void aNameGivenByHandIsFoundWhereNamesFoldOnlyIfItIsThatVeryName(@TempDir Path bucket) throws IOException {
        Files.writeString(bucket.resolve("Photo.JPG"), "by hand");
        KeyPaths paths = Disk.FOLDING.paths();
        assertThat(paths.find(bucket, "Photo.JPG")).isEqualTo(bucket.resolve("Photo.JPG"));
        assertThat(paths.find(bucket, "PHOTO.JPG")).isEqualTo(bucket.resolve("PHOTO%=ff.JPG"));
        assertThat(paths.find(bucket, "photo.jpg")).isEqualTo(bucket.resolve("photo.jpg"));
    }

    @Test
    void ordinaryKeysAreTheirOwnFileNames() throws IOException {
        List<String> everywhere = List.of(
                "comfyui/images/a.png",
                "comfyui/images/ComfyUI_00001_.png",
                "comfyui/videos/ComfyUI_video.mp4",
                "models/flux1-dev.safetensors",
                "\u56fe\u7247/\u4e2d\u6587 (2).png");
        for (String key : everywhere) {
            assertThat(String.join("/", Disk.EXACT.names(key))).isEqualTo(key);
            assertThat(String.join("/", Disk.FOLDING.names(key))).isEqualTo(key);
        }
        assertThat(Disk.EXACT.names("Photos/IMG 0001.JPG")).containsExactly("Photos", "IMG 0001.JPG");
    }

    @Test
    void theOthersStayReadable() throws IOException {
        assertThat(Disk.EXACT.names("README")).containsExactly("README%o");
        assertThat(Disk.EXACT.names("sd-v1.5/x.bin")).containsExactly("sd-v1.5%p", "x.bin");
        assertThat(Disk.FOLDING.names("MyPic.png")).containsExactly("MyPic%=a.png");
        assertThat(Disk.FOLDING.names("Photos/a.png")).containsExactly("Photos%=8", "a.png");
        assertThat(Disk.EXACT.names("../x")).containsExactly("%2E%2E", "x%o");
        assertThat(Disk.ASCII.names("\u00e9.png")).containsExactly("%C3%A9.png");
    }
}
