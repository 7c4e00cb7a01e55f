package comfybucket.store.checksum;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ChecksumTest {
    /** The check values that CRC catalogues give, and the digests of FIPS 180's kind, of the nine digits. */
    @ParameterizedTest
    @CsvSource({
        "CRC32, cbf43926",
        "CRC32C, e3069283",
        "CRC64NVME, ae8b14860a799888",
        "SHA1, f7c3bc1d808e04732adf679965ccc34ca7ae3441",
        "SHA256, 15e2b0d3c33891ebb0f1ef609ec419420c20e320ce94c65fbc8c3312448eb225"
    })
    void checkValues(ChecksumAlgorithm algorithm, String expected) {
        byte[] digits = "123456789".getBytes(StandardCharsets.US_ASCII);
        assertThat(HexFormat.of().formatHex(hash(algorithm, digits, 0, 9))).isEqualTo(expected);
        assertThat(expected).hasSize(2 * algorithm.length());
    }

    private static byte[] hash(ChecksumAlgorithm algorithm, byte[] bytes, int offset, int length) {
        Hasher hasher = algorithm.start();
        hasher.update(bytes, offset, length);
        return hasher.finish();
    }

    @Test
    void theFastWayThroughTheBytesEqualsTheSlowOne() {
        Random random = new Random(1);
        byte[] bytes = new byte[4_096];
        random.nextBytes(bytes);
        for (int i = 0; i < 500; i++) {
            int offset = random.nextInt(64);
            int length = random.nextInt(bytes.length - 64);
            Crc64Nvme slow = new Crc64Nvme();
            for (int at = offset; at < offset + length; at++) {
                slow.update(bytes[at]);
            }
            Crc64Nvme fast = new Crc64Nvme();
            fast.update(bytes, offset, length);
            assertThat(fast.getValue()).isEqualTo(slow.getValue());
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"CRC32", "CRC32C", "CRC64NVME"})
    void theCrcOfTwoPiecesComesFromTheirs(ChecksumAlgorithm algorithm) {
        CrcCombination crc = algorithm.combination().orElseThrow();
        Random random = new Random(2);
        byte[] bytes = new byte[10_000];
        random.nextBytes(bytes);
        for (int i = 0; i < 300; i++) {
            int cut = random.nextInt(bytes.length + 1);
            long first = number(hash(algorithm, bytes, 0, cut));
            long second = number(hash(algorithm, bytes, cut, bytes.length - cut));
            assertThat(crc.combine(first, second, bytes.length - cut))
                    .isEqualTo(number(hash(algorithm, bytes, 0, bytes.length)));
        }
    }

    private static long number(byte[] value) {
        return new BigInteger(1, value).longValue();
    }
}
