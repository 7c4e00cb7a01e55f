package comfybucket.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import comfybucket.storage.ByteRange;
import comfybucket.storage.Part;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PartsTest {
    private static final long MIB = 1 << 20;

    @ParameterizedTest
    @ValueSource(longs = {1, 16 * MIB, 16 * MIB + 1, 40 * MIB, 160_000 * MIB, 160_000 * MIB + 1, 5_000_000 * MIB})
    void coverTheWholeOnceWithinS3sLimits(long size) {
        Parts parts = Parts.of(size);
        assertThat(parts.count()).isBetween(1, Part.MAX_NUMBER);
        assertThat(parts.length()).isGreaterThanOrEqualTo(5 * MIB);
        long next = 0;
        for (int i = 0; i < parts.count(); i++) {
            ByteRange range = parts.range(i);
            assertThat(range.offset()).isEqualTo(next);
            next += range.length();
            assertThat(i == parts.count() - 1 || range.length() == parts.length())
                    .isTrue();
        }
        assertThat(next).isEqualTo(size);
    }
}
