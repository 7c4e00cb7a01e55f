package comfybucket.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import comfybucket.error.CloudException;
import comfybucket.error.Problem;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ObjectKeyTest {
    @ParameterizedTest
    @ValueSource(strings = {" ", "/", "..", "\u0000", "\uffff", "a\nb", "\ud83d\ude00", "e\u0301"})
    void anyWellFormedTextIsAName(String name) {
        assertThat(new ObjectKey(name).value()).isEqualTo(name);
    }

    @Test
    void halfACharacterIsNone() {
        for (String name : new String[] {"\ud83d", "a\ude00", "\ude00\ud83d", "x\ud83dx"}) {
            assertProblem(Problem.KEY_NOT_STORABLE, name);
        }
    }

    @Test
    void theLimitIsInBytes() {
        assertThat(new ObjectKey("ü".repeat(512)).value()).hasSize(512);
        assertThat(new ObjectKey("\ud83d\ude00".repeat(256)).value()).hasSize(512);
        assertThat(new ObjectKey("日".repeat(341)).value()).hasSize(341);
        assertProblem(Problem.KEY_NOT_STORABLE, "x".repeat(1025));
        assertProblem(Problem.KEY_NOT_STORABLE, "ü".repeat(512) + "x");
        assertProblem(Problem.KEY_NOT_STORABLE, "日".repeat(341) + "xx");
        assertProblem(Problem.KEY_EMPTY, "");
    }

    @Test
    void theOrderIsThatOfTheBytes() {
        Random random = new Random(99);
        int[] points = {'/', '0', 'a', 0xe9, 0x7ff, 0x800, 0xd7ff, 0xe000, 0xffee, 0x10000, 0x1f600, 0x10ffff};
        Comparator<ObjectKey> bytes = (a, b) -> Arrays.compareUnsigned(
                a.value().getBytes(StandardCharsets.UTF_8), b.value().getBytes(StandardCharsets.UTF_8));
        for (int run = 0; run < 100_000; run++) {
            ObjectKey one = key(random, points);
            ObjectKey other = key(random, points);
            assertThat(Integer.signum(one.compareTo(other)))
                    .as("%s and %s", one, other)
                    .isEqualTo(Integer.signum(bytes.compare(one, other)));
        }
    }

    private static ObjectKey key(Random random, int[] points) {
        StringBuilder text = new StringBuilder();
        for (int i = 1 + random.nextInt(4); i > 0; i--) {
            text.appendCodePoint(points[random.nextInt(points.length)]);
        }
        return new ObjectKey(text.toString());
    }

    private static void assertProblem(Problem problem, String name) {
        assertThatThrownBy(() -> new ObjectKey(name))
                .isInstanceOfSatisfying(
                        CloudException.class, e -> assertThat(e.problem()).isEqualTo(problem));
    }
}
