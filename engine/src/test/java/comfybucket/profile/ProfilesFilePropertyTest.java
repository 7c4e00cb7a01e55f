package comfybucket.profile;

import static org.assertj.core.api.Assertions.assertThat;

import comfybucket.error.CloudException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever becomes of the file: a profile or a catalogue error, and never a secret in a text. */
class ProfilesFilePropertyTest {
    private static final String SECRET = "CANARY9f3e7secret";
    private static final byte[] TEXT = """
            {
              "profiles": {
                "b2": {"provider": "Backblaze B2", "bucket": "b", "region": "us-west-004",
                       "access_key": "%1$s1", "secret_key": "%1$s2", "session_token": "%1$s3"},
                "ünï": {"access_key": "%1$s4", "secret_key": "%1$s5", "endpoint_url": "http://localhost:9000",
                        "bucket": "b", "default_tags": {"a": "%1$s6", "b": 1.5e3}, "auto_backup": {"remove_after": "7d"}},
                "chain": {"credentials": {"type": "default_chain", "role_arn": "arn:aws:iam::1:role/x"}, "bucket": "b"}
              }
            }
            """.formatted(SECRET).getBytes(StandardCharsets.UTF_8);

    @TempDir
    private Path folder;

    @Test
    void truncatedAtEveryByte() throws IOException {
        for (int length = 0; length <= TEXT.length; length++) {
            check(Arrays.copyOf(TEXT, length));
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void withBytesChangedLeftOutAndPutIn(long seed) throws IOException {
        SplittableRandom random = new SplittableRandom(seed);
        byte[] alphabet = "{}[]\",:\\ \n\0é0x".getBytes(StandardCharsets.UTF_8);
        for (int round = 0; round < 300; round++) {
            byte[] text = TEXT.clone();
            for (int changes = random.nextInt(1, 4); changes > 0; changes--) {
                int at = random.nextInt(text.length);
                byte other = alphabet[random.nextInt(alphabet.length)];
                switch (random.nextInt(3)) {
                    case 0 -> text[at] = other;
                    case 1 -> text = joined(text, at, at + 1, new byte[0]);
                    default -> text = joined(text, at, at, new byte[] {other});
                }
            }
            check(text);
        }
    }

    private void check(byte[] text) throws IOException {
        Path file = folder.resolve("profiles.json");
        Files.write(file, text);
        Profiles profiles = new Profiles(new Machine(Map.of(), "Linux", folder), file);
        assertThat(profiles.complaints().toString()).doesNotContain(SECRET);
        for (String name : new String[] {"b2", "ünï", "chain", "gone"}) {
            String told;
            try {
                told = profiles.resolve(new ProfileRef(name, "", "", ""))
                        .credentials()
                        .toString();
            } catch (CloudException e) {
                told = e.getMessage();
            }
            assertThat(told).doesNotContain(SECRET);
        }
    }

    private static byte[] joined(byte[] text, int end, int start, byte[] middle) {
        byte[] all = new byte[end + middle.length + text.length - start];
        System.arraycopy(text, 0, all, 0, end);
        System.arraycopy(middle, 0, all, end, middle.length);
        System.arraycopy(text, start, all, end + middle.length, text.length - start);
        return all;
    }
}
