package comfybucket.error;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AmountTest {
    @ParameterizedTest
    @CsvSource({
        "0,0 B,0 B",
        "1023,1023 B,1023 B",
        "1024,1.0 KB,1.0 KB",
        "1025,1.0 KB,1.1 KB",
        "1048575,1.0 MB,1.0 MB",
        "1048576,1.0 MB,1.0 MB",
        "4509715660,4.2 GB,4.2 GB",
        "9223372036854775807,8.0 EB,8.0 EB",
    })
    void itHasAUnitAndOneDigitBehindThePoint(long bytes, String nearest, String atLeast) {
        assertThat(Amount.of(bytes)).isEqualTo(nearest);
        assertThat(Amount.atLeast(bytes)).isEqualTo(atLeast);
    }
}
