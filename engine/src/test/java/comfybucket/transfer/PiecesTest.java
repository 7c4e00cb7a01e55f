package comfybucket.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import comfybucket.storage.ByteRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PiecesTest {
    @ParameterizedTest
    @CsvSource({
        "0, 1, 8",
        "1, 1, 8",
        "8, 8, 8",
        "9, 9, 8",
        "100, 100, 7",
        "100, 16, 8",
        "100, 17, 5",
        "100, 5, 8",
        "96, 16, 8",
        "53687091200, 53687091200, 8388608",
        "53687091200, 17179870, 8388608"
    })
    void coverTheWholeOnceAndStayInTheirSegments(long size, long segment, long length) {
        Pieces pieces = new Pieces(size, segment, length);
        long end = 0;
        for (int i = 0; i < pieces.count(); i++) {
            ByteRange range = pieces.range(i);
            assertThat(range.offset()).isEqualTo(end);
            assertThat(range.length()).isBetween(1L, length);
            assertThat(range.offset() / segment).isEqualTo(range.last() / segment);
            end = range.last() + 1;
        }
        assertThat(end).isEqualTo(size);
    }
}
