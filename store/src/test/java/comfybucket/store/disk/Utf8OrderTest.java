package comfybucket.store.disk;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class Utf8OrderTest {
    private static final Utf8Order ORDER = Utf8Order.INSTANCE;

    @Test
    void isTheOrderOfTheBytes() {
        Random random = new Random(7);
        for (int i = 0; i < 10_000; i++) {
            String a = Keys.random(random);
            String b = Keys.random(random);
            int expected =
                    Arrays.compareUnsigned(a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8));
            assertThat(Integer.signum(ORDER.compare(a, b))).isEqualTo(Integer.signum(expected));
        }
    }

    @Test
    void whatComesAfterAPrefixComesAfterAllThatBeginWithIt() {
        Random random = new Random(8);
        for (int i = 0; i < 5_000; i++) {
            String prefix = Keys.random(random);
            String after = Utf8Order.afterAll(prefix);
            assertThat(ORDER.compare(prefix + Keys.random(random), after)).isNegative();
            assertThat(after.startsWith(prefix)).isFalse();
        }
        assertThat(Utf8Order.afterAll("a\ud7ff")).isEqualTo("a\ue000");
        assertThat(Utf8Order.afterAll("a" + Character.toString(Character.MAX_CODE_POINT)))
                .isEqualTo("b");
        assertThat(Utf8Order.afterAll(Character.toString(Character.MAX_CODE_POINT)))
                .isNull();
    }
}
