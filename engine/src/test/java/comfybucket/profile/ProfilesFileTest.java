package comfybucket.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import comfybucket.error.CloudException;
import comfybucket.error.Problem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProfilesFileTest {
    @TempDir
    private Path folder;

    private Path file;
    private Profiles profiles;

    @BeforeEach
    void open() {
        file = folder.resolve("profiles.json");
        Map<String, String> keys =
                Map.of("COMFY_S3_ACCESS_KEY", "k", "COMFY_S3_SECRET_KEY", "s", "COMFY_S3_BUCKET", "envbucket");
        profiles = new Profiles(new Machine(keys, "Linux", folder), file);
    }

    @Test
    void aFileThatIsNotThereIsAnEmptyOne() {
        assertThat(profiles.names()).isEmpty();
        assertThat(profiles.complaints()).isEmpty();
        assertThat(profiles.file()).isEqualTo(file);
    }

    @Test
    void namesAreInTheOrderOfTheFile() throws IOException {
        write("{\"profiles\": {\"zebra\": {}, \"b2\": {\"no\": 1}, \"ü\": {}}}");
        assertThat(profiles.names()).containsExactly("zebra", "b2", "ü");
    }

    @Test
    void aRotatedKeyCountsAtOnceEvenWhenTheFilesStampIsTheSame() throws IOException {
        String text = "{\"profiles\": {\"b2\": {\"access_key\": \"k\", \"secret_key\": \"old\", \"bucket\": \"b\"}}}";
        FileTime time = FileTime.fromMillis(1_700_000_000_000L);
        write(text);
        Files.setLastModifiedTime(file, time);
        assertThat(secret()).isEqualTo("old");
        write(text.replace("old", "new"));
        Files.setLastModifiedTime(file, time);
        assertThat(secret()).isEqualTo("new");
        Files.delete(file);
        assertThatThrownBy(this::secret).hasMessageStartingWith("Profile not found: b2");
        write(text);
        assertThat(secret()).isEqualTo("old");
    }

    /** The mistake is in line 4 or 5, in the middle of three profiles. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            "bucket": "b" "region": "r"       | 4 | a comma or a } is missing here
            "bucket": "b",                    | 5 | the last comma is one too many
            "bucket": "b                      | 4 | a text is not closed by a double quote on the same line
            "bucket: "b"                      | 4 | a : is missing after a name
            bucket: "b"                       | 4 | a name in double quotes is missing here
            "bucket": b                       | 4 | a value is missing here
            "bucket": "b" // mine             | 4 | a comma or a } is missing here
            "bucket": ["b"                    | 5 | a comma or a ] is missing here
            "bucket": 5                       | 4 | bucket must be a text in double quotes
            "bukcet": "b"                     | 4 | "bukcet" is not the name of a field; bucket may be meant
            "note to self": "b"               | 4 | a name in this line is not the name of a field
            "bucket": "b", "bucket": "c"      | 4 | a field is there twice, first in line 4
            "read_only": "false"              | 4 | read_only must be true or false, without quotes
            "kms_key_id": "x"                 | 4 | kms_key_id needs server_side_encryption "aws:kms"
            "credentials": "default_chain", "access_key": "x" | 4 | credentials "default_chain" takes no keys
            """)
    void aMistakeIsToldWithItsLineAndTheOtherProfilesGoOn(String fields, int line, String complaint)
            throws IOException {
        write("""
                {"profiles": {
                  "before": {"bucket": "one"},
                  "wrong": {
                    %s
                  },
                  "after": {"bucket": "two"}
                }}
                """.formatted(fields));
        assertThat(profiles.names()).containsExactly("before", "wrong", "after");
        assertThat(bucket("before")).isEqualTo("one");
        assertThat(bucket("after")).isEqualTo("two");
        assertThatThrownBy(() -> bucket("wrong"))
                .isInstanceOfSatisfying(
                        CloudException.class, e -> assertThat(e.problem()).isEqualTo(Problem.PROFILE_BROKEN))
                .hasMessageStartingWith(
                        "Profile not usable: wrong. Correct %s, line %d: %s".formatted(file, line, complaint));
        assertThat(profiles.complaints()).singleElement().satisfies(found -> {
            assertThat(found.line()).isEqualTo(line);
            assertThat(found.toString()).startsWith("%s, line %d, profile wrong: %s".formatted(file, line, complaint));
        });
    }

    @Test
    void aMistakeBetweenProfilesEndsTheReadingThere() throws IOException {
        write("{\"profiles\": {\n\"a\": {\"bucket\": \"one\"}\n\"b\": {}}}");
        assertThat(bucket("a")).isEqualTo("one");
        assertThatThrownBy(() -> bucket("b"))
                .hasMessage("The profiles file has a mistake: %s. Correct line 3: a comma or a } is missing here."
                        .formatted(file));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            ``                                    | the file ends too early
            []                                    | a { is missing here
            {"profiles": []}                      | a { is missing here
            {"profiles": {"a": {}}} x             | there is more after the end
            {"profile": {"a": {}}}                | only "profiles" is known at the top of the file
            {"profiles": {"a": 5}}                | a profile must be an object of fields in braces
            {"profiles": {"(env vars)": {}}}      | a profile cannot be chosen by this name
            {"profiles": {" ": {}}}               | a profile cannot be chosen by this name
            {"profiles": {"a": {}, "a": {}}}      | there are two profiles of this name; rename one
            """)
    void whatIsWrongWithTheWholeIsSaidToo(String text, String complaint) throws IOException {
        write(text);
        assertThat(profiles.complaints())
                .singleElement()
                .satisfies(found -> assertThat(found.what()).startsWith(complaint));
    }

    @Test
    void notesAreNoMistakes() throws IOException {
        write("{\"profiles\": {\"a\": {\"_note\": 1, \"//\": [2], \"comment\": {}, \"bucket\": \"b\"}}}");
        assertThat(profiles.complaints()).isEmpty();
        assertThat(bucket("a")).isEqualTo("b");
    }

    @Test
    void aByteOrderMarkIsNoMistakeButUtf16Is() throws IOException {
        write("\uFEFF{\"profiles\": {\"a\": {\"bucket\": \"b\"}}}");
        assertThat(bucket("a")).isEqualTo("b");
        Files.write(file, "{\"profiles\": {\"a\": {\"bucket\": \"b\"}}}".getBytes(StandardCharsets.UTF_16));
        assertThatThrownBy(() -> bucket("a")).hasMessageContaining("not UTF-8 text");
    }

    @Test
    void aHugeFileIsNotReadToItsEnd() throws IOException {
        write(" ".repeat(1 << 20) + "{}");
        assertThat(profiles.complaints())
                .singleElement()
                .satisfies(found -> assertThat(found.what()).contains("larger than 1048576 bytes"));
    }

    @Test
    void aFileThatCannotBeReadIsAnError() throws IOException {
        Files.createDirectory(file);
        assertThatThrownBy(profiles::names)
                .isInstanceOfSatisfying(
                        CloudException.class,
                        e -> assertThat(e.problem()).isEqualTo(Problem.PROFILES_FILE_NOT_READABLE));
    }

    @ParameterizedTest
    @CsvSource({"rw-------, false", "r--------, false", "rw-r-----, true", "rw----r--, true", "rw--w----, true"})
    void aFileThatOthersCanReachIsReported(String mode, boolean reported) throws IOException {
        assumeTrue(Files.getFileStore(folder).supportsFileAttributeView("posix"));
        write("{\"profiles\": {}}");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
        List<Complaint> complaints = profiles.complaints();
        if (reported) {
            assertThat(complaints)
                    .extracting(Complaint::toString)
                    .containsExactly(file + ": other users of this machine can reach it; run: chmod 600 " + file);
        } else {
            assertThat(complaints).isEmpty();
        }
    }

    private String bucket(String profile) {
        return profiles.resolve(new ProfileRef(profile, "", "", "")).keys().bucket();
    }

    private String secret() {
        Credentials credentials =
                profiles.resolve(new ProfileRef("b2", "", "", "")).credentials();
        return credentials instanceof Credentials.Static keys ? keys.secretKey().reveal() : "";
    }

    private void write(String text) throws IOException {
        boolean posix = Files.getFileStore(folder).supportsFileAttributeView("posix");
        Files.writeString(file, text);
        if (posix) {
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        }
    }
}
