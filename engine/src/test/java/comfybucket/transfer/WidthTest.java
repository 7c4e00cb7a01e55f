package comfybucket.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class WidthTest {
    private static final long MEBIBYTE = 1 << 20;

    private final Width width = Width.of(OptionalInt.empty());

    @Test
    void connectionsThatAreSlowByThemselvesBecomeMany() {
        assertThat(settleAt(6 * MEBIBYTE, Long.MAX_VALUE)).isEqualTo(64);
    }

    @Test
    void aLineThatIsFullGetsNoMoreThanFew() {
        assertThat(settleAt(6 * MEBIBYTE, 3 * MEBIBYTE)).isEqualTo(16);
    }

    @Test
    void whatBringsNothingIsTakenBack() {
        assertThat(settleAt(6 * MEBIBYTE, 200 * MEBIBYTE)).isEqualTo(32);
    }

    @Test
    void fastConnectionsAreLeftAlone() {
        assertThat(settleAt(20 * MEBIBYTE, Long.MAX_VALUE)).isEqualTo(16);
    }

    @Test
    void aStallTellsNothing() {
        for (int i = 0; i < 100; i++) {
            width.seen(0);
        }
        assertThat(width.isSettled()).isFalse();
        assertThat(width.now()).isEqualTo(16);
    }

    @Test
    void whoSaysANumberGetsIt() {
        Width said = Width.of(OptionalInt.of(3));
        said.seen(6 * MEBIBYTE);
        assertThat(said.isSettled()).isTrue();
        assertThat(said.now()).isEqualTo(3);
    }

    /**
     * Where it ends.
     *
     * @param connection bytes that one connection can bring in a period
     * @param line bytes that all together can
     */
    private int settleAt(long connection, long line) {
        for (int i = 0; !width.isSettled(); i++) {
            assertThat(i).isLessThan(20);
            width.seen(Math.min(width.now() * connection, line));
        }
        return width.now();
    }
}
