package comfybucket.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import comfybucket.error.CloudException;
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
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LandingTest {
    /** What keys are made of that want out of their folder, or into each other's place. */
    private static final List<String> PIECES = List.of(
            "..",
            ".",
            "",
            "/",
            "//",
            "\\",
            "..\\",
            "C:",
            "C:\\Windows",
            "\\\\?\\",
            "\\\\server\\share",
            "\0",
            "CON",
            "con.txt",
            "NUL",
            "LPT1",
            "COM\u00b9",
            "a",
            "A",
            "a.",
            "a ",
            "a:ads",
            "~",
            "~root",
            "$HOME",
            "%2e%2e",
            "%2F",
            "%",
            "%_",
            "%-",
            "e\u0301",
            "\u00e9",
            "\u212a",
            "k",
            "K",
            "stra\u00dfe",
            "STRASSE",
            "\u202e",
            "\n",
            "\r",
            "\t",
            "😀",
            "x".repeat(300),
            "y".repeat(255),
            "\u00e9".repeat(150),
            ".hidden",
            "-rf",
            "*",
            "?",
            "<",
            ">",
            "|",
            "\"",
            "name.png",
            "name.PNG");

    @TempDir
    private Path home;

    @Test
    void ordinaryNamesStayAsTheyAre() {
        Landing landing = new Landing(home);
        assertThat(landing.file("images/2025/ComfyUI_00001_.png"))
                .isEqualTo(home.resolve("images/2025/ComfyUI_00001_.png"));
        assertThat(landing.file("Ünï çödé/猫.webp")).isEqualTo(home.resolve("Ünï çödé/猫.webp"));
    }

    @Test
    void noKeyLeavesTheFolderAndNoTwoShareAFile() throws IOException {
        long seed = 0x5EED_1A4DL;
        Random random = new Random(seed);
        Path folder = home.resolve("folder");
        Landing landing = new Landing(folder);
        Map<String, String> owners = new HashMap<>();
        for (int run = 0; run < 5_000; run++) {
            String key = key(random);
            if (owners.containsValue(key)) {
                continue;
            }
            Path file = landing.file(key);
            assertThat(file.normalize()).as("seed %d, key %s", seed, key).isEqualTo(file);
            assertThat(file).startsWithRaw(folder).isNotEqualTo(folder);
            for (Path name : folder.relativize(file)) {
                assertThat(name.toString()).as(key).doesNotContainPattern("[\\x00-\\x1f\"*:<>?|\\\\]|[. ]$");
                assertThat(name.toString().getBytes(StandardCharsets.UTF_8).length)
                        .isLessThan(256);
            }
            String folded = Normalizer.normalize(file.toString(), Normalizer.Form.NFC)
                    .toUpperCase(Locale.ROOT)
                    .toLowerCase(Locale.ROOT);
            String other = owners.put(folded, key);
            assertThat(other).as("seed %d: %s has the file of", seed, key).isNull();
        }
        assertThat(owners).hasSizeGreaterThan(1_000);
    }

    @Test
    void everyNameCanBeWrittenAndNothingIsWrittenElsewhere() throws IOException {
        Random random = new Random(4711);
        Path folder = home.resolve("folder");
        Landing landing = new Landing(folder);
        List<Path> files = new ArrayList<>();
        for (int run = 0; run < 300; run++) {
            Path file = landing.file(key(random) + run);
            landing.prepare(file);
            files.add(Files.createFile(file));
        }
        try (Stream<Path> all = Files.walk(home)) {
            assertThat(all.filter(Files::isRegularFile)).containsExactlyInAnyOrderElementsOf(files);
        }
    }

    @Test
    void aFileAndAFolderOfOneNameBothFindAPlace() {
        Landing landing = new Landing(home);
        Path file = landing.file("a");
        Path below = landing.file("a/b");
        assertThat(below.getParent()).isNotEqualTo(file);
        assertThat(landing.file("a/c").getParent()).isEqualTo(below.getParent());
    }

    @Test
    void theEndingSurvivesAMark() {
        Landing landing = new Landing(home);
        var _ = landing.file("Cat.png");
        assertThat(landing.file("cat.png").getFileName().toString()).matches("cat%-[0-9a-f]{16}\\.png");
    }

    @Test
    void aLinkOnTheWayIsNotFollowed() throws IOException {
        Path outside = Files.createDirectory(home.resolve("outside"));
        Path folder = Files.createDirectory(home.resolve("folder"));
        Files.createSymbolicLink(folder.resolve("images"), outside);
        Landing landing = new Landing(folder);
        Path file = landing.file("images/a.png");
        assertThatThrownBy(() -> landing.prepare(file))
                .isInstanceOf(CloudException.class)
                .hasMessageContaining("a link or a file has the name of the folder");
        assertThat(outside).isEmptyDirectory();
    }

    private static String key(Random random) {
        StringBuilder key = new StringBuilder();
        for (int i = random.nextInt(4); i >= 0; i--) {
            key.append(PIECES.get(random.nextInt(PIECES.size())));
            if (random.nextBoolean()) {
                key.append('/');
            }
        }
        return key.toString();
    }
}
