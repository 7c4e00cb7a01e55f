package comfybucket.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PutOptionsTest {
    @Test
    void metadataAddsUp() {
        PutOptions options =
                PutOptions.REPLACE.withMetadata(Map.of("a", "1", "b", "2")).withMetadata(Map.of("b", "3"));
        assertThat(options.metadata()).containsOnly(Map.entry("a", "1"), Map.entry("b", "3"));
        assertThat(PutOptions.REPLACE.metadata()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"ü", "a\nb", "a\u007f", "\r\nx-amz-acl: public-read"})
    void nothingButPrintableAsciiGoesIntoAHeader(String value) {
        assertRefused(() -> PutOptions.REPLACE.withMetadata(Map.of("a", value)));
        assertRefused(() -> PutOptions.REPLACE.withContentType(value));
        assertRefused(() -> PutOptions.REPLACE.withCacheControl(value));
        assertRefused(() -> PutOptions.REPLACE.withStorageClass(value));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "A", "a b", "a:b", "ü"})
    void namesOfMetadataAreLowerCase(String name) {
        assertRefused(() -> PutOptions.REPLACE.withMetadata(Map.of(name, "x")));
    }

    @Test
    void linksAreValidForAWeekAtMost() {
        assertThat(PresignOptions.validFor(Duration.ofDays(7)).validity()).isEqualTo(Duration.ofDays(7));
        assertRefused(() -> PresignOptions.validFor(Duration.ofDays(7).plusSeconds(1)));
        assertRefused(() -> PresignOptions.validFor(Duration.ZERO));
    }

    private static void assertRefused(ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOf(IllegalArgumentException.class);
    }
}
