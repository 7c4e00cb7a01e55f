package comfybucket.checksum;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.zip.Checksum;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class CrcTest {
    /** The check values of the catalogue of CRC algorithms. */
    @ParameterizedTest
    @CsvSource({"CRC32,cbf43926", "CRC32C,e3069283", "CRC64NVME,ae8b14860a799888"})
    void knowsTheCatalogue(Crc crc, String expected) {
        Checksum sum = crc.start();
        sum.update("123456789".getBytes(StandardCharsets.US_ASCII));
        assertThat(Long.toHexString(sum.getValue())).isEqualTo(expected);
    }

    @ParameterizedTest
    @EnumSource(Crc.class)
    void theCrcOfAWholeComesFromThoseOfItsPieces(Crc crc) {
        Random random = new Random(7);
        for (int round = 0; round < 200; round++) {
            byte[] whole = new byte[random.nextInt(3000)];
            random.nextBytes(whole);
            int cut = random.nextInt(whole.length + 1);
            long first = of(crc, whole, 0, cut);
            long second = of(crc, whole, cut, whole.length - cut);
            assertThat(crc.combine(first, second, whole.length - cut)).isEqualTo(of(crc, whole, 0, whole.length));
        }
    }

    @ParameterizedTest
    @EnumSource(Crc.class)
    void readsOddPlacesOfAnArray(Crc crc) {
        byte[] bytes = new byte[100];
        new Random(1).nextBytes(bytes);
        for (int start = 0; start < 20; start++) {
            Checksum oneByOne = crc.start();
            for (int i = start; i < bytes.length; i++) {
                oneByOne.update(bytes[i]);
            }
            assertThat(of(crc, bytes, start, bytes.length - start)).isEqualTo(oneByOne.getValue());
        }
    }

    private static long of(Crc crc, byte[] bytes, int offset, int length) {
        Checksum sum = crc.start();
        sum.update(bytes, offset, length);
        return sum.getValue();
    }
}
