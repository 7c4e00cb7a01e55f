package comfybucket.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import comfybucket.error.CloudException;
import comfybucket.error.Problem;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KeySpaceTest {
    private static final KeySpace PREFIXED = new KeySpace("pictures", new KeyPrefix("team/a/"));
    private static final KeySpace BARE = new KeySpace("pictures", KeyPrefix.NONE);

    @ParameterizedTest
    @CsvSource({
        "x.png, team/a/x.png",
        "/x.png, team/a/x.png",
        "///x//y, team/a/x//y",
        "../x, team/a/../x",
        "team/a/x, team/a/team/a/x",
        "s3://pictures/team/a/x, team/a/x",
        "s3://pictures/team/a/, team/a/",
        "s3:/pictures/x, team/a/s3:/pictures/x",
        "S3://pictures/x, team/a/S3://pictures/x"
    })
    void aKeyIsRelativeToThePrefixOrAWholeAddress(String key, String full) {
        assertThat(PREFIXED.resolve(key)).isEqualTo(new ObjectKey(full));
    }

    @Test
    void thePrefixIsPutInFrontLiterally() {
        KeySpace noSlash = new KeySpace("pictures", new KeyPrefix("run"));
        assertThat(noSlash.resolve("/1.png")).isEqualTo(new ObjectKey("run1.png"));
        assertThat(noSlash.show(new ObjectKey("run1.png"))).isEqualTo("1.png");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "s3://other/team/a/x",
                "s3://pictures/x",
                "s3://pictures/team/b/x",
                "s3://pictures/team/a",
                "s3://pictures",
                "s3://pictures2/team/a/x",
                "s3://"
            })
    void anAddressElsewhereIsRefused(String key) {
        CloudException refused = catchThrowableOfType(CloudException.class, () -> PREFIXED.resolve(key));
        assertThat(refused.problem()).isEqualTo(Problem.KEY_OUTSIDE);
        assertThat(refused).hasMessageContaining("s3://pictures/team/a/");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/", "///"})
    void anEmptyKeyIsNoObject(String key) {
        assertThatThrownBy(() -> PREFIXED.resolve(key))
                .isInstanceOfSatisfying(
                        CloudException.class, e -> assertThat(e.problem()).isEqualTo(Problem.KEY_EMPTY));
        assertThatThrownBy(() -> BARE.resolve("s3://pictures/"))
                .isInstanceOfSatisfying(
                        CloudException.class, e -> assertThat(e.problem()).isEqualTo(Problem.KEY_EMPTY));
    }

    @Test
    void anEmptyPrefixIsEverythingOfTheProfile() {
        assertThat(PREFIXED.resolvePrefix("")).isEqualTo(new KeyPrefix("team/a/"));
        assertThat(PREFIXED.resolvePrefix("/2025/")).isEqualTo(new KeyPrefix("team/a/2025/"));
        assertThat(BARE.resolvePrefix("")).isEqualTo(KeyPrefix.NONE);
    }

    @Test
    void whatIsOutsideIsNotShown() {
        assertThatThrownBy(() -> PREFIXED.show(new ObjectKey("team/b/x"))).isInstanceOf(IllegalArgumentException.class);
    }

    /** Whatever a listing shows can be pasted into any other node. */
    @Test
    void everyShownKeyResolvesToItsObject() {
        Random random = new Random(20_260_102);
        for (int run = 0; run < 100_000; run++) {
            KeySpace space = new KeySpace("pictures", new KeyPrefix(piece(random, 3)));
            String name = space.prefix().value() + piece(random, 6);
            ObjectKey object = new ObjectKey(name.isEmpty() ? "x" : name);
            String shown = space.show(object);
            assertThat(space.resolve(shown)).as("%s in %s", shown, space).isEqualTo(object);
            assertThat(space.resolve(space.uri(object))).isEqualTo(object);
            assertThat(space.resolvePrefix(space.show(new KeyPrefix(object.value())))
                            .value())
                    .isEqualTo(object.value());
        }
    }

    /** And no key reaches beyond the prefix. */
    @Test
    void everyResolvedKeyLiesUnderThePrefix() {
        Random random = new Random(20_260_103);
        for (int run = 0; run < 100_000; run++) {
            String key = piece(random, 8);
            try {
                assertThat(PREFIXED.prefix().contains(PREFIXED.resolve(key)))
                        .as(key)
                        .isTrue();
            } catch (CloudException e) {
                assertThat(e.problem()).isIn(Problem.KEY_EMPTY, Problem.KEY_OUTSIDE);
            }
        }
    }

    private static final String[] PIECES = {
        "/",
        "//",
        "a",
        "b",
        ".",
        "..",
        "s3://",
        "s3:",
        "pictures",
        "s3://pictures/",
        "team/a/",
        " ",
        "%2F",
        "ü",
        "😀",
        "\n"
    };

    private static String piece(Random random, int most) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(most + 1); i > 0; i--) {
            text.append(PIECES[random.nextInt(PIECES.length)]);
        }
        return text.toString();
    }
}
