package comfybucket.browse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import comfybucket.error.CloudException;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GlobTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            value = {
                "*.png a.png true",
                "*.png a/b.png false",
                "**.png a/b.png true",
                "a/**/z a/z true",
                "a/**/z a/b/c/z true",
                "a/**/z a/bz false",
                "**/z z true",
                "a?c abc true",
                "a?c a/c false",
                "a?c a😀c true",
                "[a-c]x bx true",
                "[a-c]x dx false",
                "[!a-c]x dx true",
                "[!a-c]x /x false",
                "[^]x ^x true",
                "[]x] ] true",
                "*.{png,jpg} a.jpg true",
                "*.{png,jpg} a.gif false",
                "a,b} a,b} true",
                "\\*x *x true",
                "\\*x ax false",
                "a.(b)+$ a.(b)+$ true",
                "a.b axb false",
                "[a&&b] & true",
                "[\\] \\ true",
            })
    void matchesAsDocumented(String pattern, String key, boolean expected) {
        assertThat(Glob.of(pattern).matches(key)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"[a", "[", "{a", "a\\", "[b-a]", "[]", "{a{b}}"})
    void saysWhatIsWrongWithAPattern(String pattern) {
        assertThatThrownBy(() -> Glob.of(pattern))
                .isInstanceOf(CloudException.class)
                .hasMessageContaining(pattern);
    }

    @ParameterizedTest
    @CsvSource({"images/*.png,images/", "**,''", "a/b\\*c/?,a/b*c/", "plain,plain", "{a},''", "x\\[1\\]*,x[1]"})
    void everyMatchBeginsWithTheBeginning(String pattern, String beginning) {
        assertThat(Glob.of(pattern).beginning()).isEqualTo(beginning);
    }

    /** A key is always matched by itself with a backslash before every character, and its whole text is the beginning. */
    @Test
    void anyTextCanBeWrittenAsAPattern() {
        Random random = new Random(20250917);
        for (int run = 0; run < 2_000; run++) {
            String key = key(random);
            StringBuilder escaped = new StringBuilder();
            key.codePoints().forEach(c -> escaped.append('\\').appendCodePoint(c));
            Glob glob = Glob.of(escaped.toString());
            assertThat(glob.matches(key)).as(key).isTrue();
            assertThat(glob.matches(key + "x")).as(key).isFalse();
            assertThat(glob.beginning()).isEqualTo(key);
        }
    }

    private static String key(Random random) {
        String alphabet = "ab/*?[]{}\\!^-,.$()+|&\n😀é";
        int[] points = alphabet.codePoints().toArray();
        StringBuilder key = new StringBuilder();
        for (int i = random.nextInt(12); i >= 0; i--) {
            key.appendCodePoint(points[random.nextInt(points.length)]);
        }
        return key.toString();
    }
}
