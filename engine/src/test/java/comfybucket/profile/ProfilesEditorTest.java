package comfybucket.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import comfybucket.error.CloudException;
import comfybucket.error.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProfilesEditorTest {
    @TempDir
    private Path folder;

    private Path file;
    private ProfilesEditor editor;

    @BeforeEach
    void open() {
        file = folder.resolve("settings").resolve("profiles.json");
        editor = new ProfilesEditor(file);
    }

    @Test
    void theFirstProfileMakesTheFile() throws IOException {
        editor.put("b2", fields("{\"provider\": \"Backblaze B2\", \"bucket\": \"b\", \"read_only\": true}"));
        assertThat(file).hasContent("""
                {
                  "profiles": {
                    "b2": {
                      "provider": "Backblaze B2",
                      "bucket": "b",
                      "read_only": true
                    }
                  }
                }
                """);
        assertThat(onlyFileIn(file.getParent())).isEqualTo(file);
    }

    @Test
    void whatIsNotChangedStaysAsItIs() throws IOException {
        write("""
                {"_version": 1.50, "profiles": {
                  "zebra": {"unknown": [1, {"x": null}], "bucket": "z"},
                  "b2": {"_note": "mine \\u00e9<>&'", "bucket": "old", "region": "r", "empty": {}},
                  "a": {}}}
                """);
        editor.put("b2", fields("{\"bucket\": \"new\", \"region\": null, \"path_prefix\": \"p/\", \"empty\": null}"));
        assertThat(file).hasContent("""
                {
                  "_version": 1.50,
                  "profiles": {
                    "zebra": {
                      "unknown": [
                        1,
                        {
                          "x": null
                        }
                      ],
                      "bucket": "z"
                    },
                    "b2": {
                      "_note": "mine é<>&'",
                      "bucket": "new",
                      "path_prefix": "p/"
                    },
                    "a": {}
                  }
                }
                """);
        assertThat(editor.remove("zebra")).isTrue();
        assertThat(editor.remove("zebra")).isFalse();
        assertThat(profiles().names()).containsExactly("b2", "a");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"bukcet\": \"b\"}",
                "{\"read_only\": \"yes\"}",
                "{\"access_key\": \"canary 1\"}",
                "{\"credentials\": \"default_chain\", \"secret_key\": \"canary\"}"
            })
    void whatCouldNotBeReadIsNotWritten(String fields) throws IOException {
        write("{\"profiles\": {\"b2\": {\"bucket\": \"b\"}}}");
        String before = Files.readString(file);
        assertFails(Problem.SETTING_NOT_USABLE, () -> editor.put("b2", fields(fields)));
        assertThat(file).hasContent(before);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "(env vars)"})
    void aNameThatCannotBeChosenIsRefused(String name) {
        assertFails(Problem.SETTING_NOT_USABLE, () -> editor.put(name, fields("{\"bucket\": \"b\"}")));
        assertThat(file).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{", "[]", "{\"profiles\": []}", "{\"profiles\": {\"b2\": 5}}", ""})
    void aFileWithAMistakeIsLeftToItsOwner(String text) throws IOException {
        write(text);
        assertFails(Problem.PROFILES_FILE_BROKEN, () -> editor.put("b2", fields("{\"bucket\": \"b\"}")));
        assertThat(Files.readString(file)).isEqualTo(text);
    }

    @Test
    void aMistakeOfAnotherProfileDoesNotStandInTheWay() throws IOException {
        write("{\"profiles\": {\"bad\": {\"unknown\": 1}, \"b2\": {}}}");
        editor.put("b2", fields("{\"bucket\": \"b\"}"));
        editor.put("bad", fields("{\"unknown\": null}"));
        assertThat(profiles().complaints()).isEmpty();
    }

    @Test
    void aFolderThatCannotBeWrittenIsAnError() {
        Path unwritable = Path.of("/proc/comfy-bucket/profiles.json");
        assumeTrue(Files.isDirectory(unwritable.getParent().getParent()));
        assertFails(
                Problem.PROFILES_FILE_NOT_WRITABLE,
                () -> new ProfilesEditor(unwritable).put("b2", fields("{\"bucket\": \"b\"}")));
    }

    @Test
    void aLinkStaysALink() throws IOException {
        Path target = folder.resolve("real.json");
        Files.createDirectories(file.getParent());
        Files.writeString(target, "{\"profiles\": {}}");
        Files.createSymbolicLink(file, target);
        editor.put("b2", fields("{\"bucket\": \"b\"}"));
        assertThat(file).isSymbolicLink();
        assertThat(Files.readString(target)).contains("\"b2\"");
    }

    @Test
    void readersSeeTheOldFileOrTheNewOne() throws Exception {
        write("{\"profiles\": {\"b2\": {\"bucket\": \"b\"}}}");
        AtomicBoolean done = new AtomicBoolean();
        Thread writer = Thread.ofVirtual().start(() -> {
            for (int i = 0; i < 50; i++) {
                editor.put("b2", fields("{\"bucket\": \"b%d\"}".formatted(i)));
            }
            done.set(true);
        });
        Profiles profiles = profiles();
        while (!done.get()) {
            assertThat(profiles.names()).containsExactly("b2");
            assertThat(profiles.complaints().stream().filter(found -> found.line() > 0))
                    .isEmpty();
        }
        writer.join();
    }

    /** In a process that hides nothing from others of itself, as some containers start theirs. */
    @Test
    void nobodyElseCanReadIt() throws Exception {
        assumeTrue(Files.getFileStore(folder).supportsFileAttributeView("posix"));
        Process process = new ProcessBuilder(
                        "sh",
                        "-c",
                        "umask 000 && exec \"$0\" \"$@\"",
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        ProfilesEditorTest.class.getName(),
                        file.toString())
                .redirectErrorStream(true)
                .start();
        assertThat(process.inputReader().lines()).isEmpty();
        assertThat(process.waitFor()).isZero();
        assertThat(mode(file)).isEqualTo("rw-------");
        assertThat(mode(file.getParent())).isEqualTo("rwx------");
        assertThat(profiles().complaints()).isEmpty();
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        editor.put("b2", fields("{\"region\": \"r\"}"));
        assertThat(mode(file)).isEqualTo("rw-------");
    }

    /** The other process of {@link #nobodyElseCanReadIt}. */
    public static void main(String[] args) {
        new ProfilesEditor(Path.of(args[0])).put("b2", fields("{\"bucket\": \"b\"}"));
    }

    private Profiles profiles() {
        return new Profiles(new Machine(Map.of(), "Linux", folder), file);
    }

    private void write(String text) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private static JsonObject fields(String json) {
        return JsonParser.parseString(json).getAsJsonObject();
    }

    private static String mode(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }

    private static Path onlyFileIn(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.reduce((first, second) -> folder.resolve("more than one"))
                    .orElseThrow();
        }
    }

    private static void assertFails(Problem problem, Runnable action) {
        assertThatThrownBy(action::run)
                .isInstanceOfSatisfying(
                        CloudException.class, e -> assertThat(e.problem()).isEqualTo(problem))
                .hasMessageNotContaining("canary");
    }
}
