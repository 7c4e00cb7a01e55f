package comfybucket.storage.s3;

import static org.assertj.core.api.Assertions.assertThat;

import comfybucket.provider.Quirk;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class S3ConnectionTest {
    private static final S3Credentials KEYS = new S3Credentials.Fixed("access", "secret", Optional.of("token"));

    private static S3Connection usual() {
        return new S3Connection(
                URI.create("https://store.test"),
                "eu-central-1",
                "bucket",
                true,
                false,
                Optional.empty(),
                new S3Credentials.Fixed("access", "secret", Optional.of("token")),
                Set.of(),
                1,
                OptionalLong.empty(),
                "b2ai-comfyui");
    }

    /** They are compared by hand, so that none of their parts may be forgotten. */
    @Test
    void differInEachOfTheirParts() {
        URI store = URI.create("https://store.test");
        URI other = URI.create("https://other.test");
        Optional<Path> none = Optional.empty();
        OptionalLong any = OptionalLong.empty();
        Set<Quirk> quirks = Set.of();
        String agent = "b2ai-comfyui";
        String at = "eu-central-1";
        S3Credentials secret = new S3Credentials.Fixed("access", "other", Optional.of("token"));
        List<Supplier<S3Connection>> others = List.of(
                () -> new S3Connection(other, at, "bucket", true, false, none, KEYS, quirks, 1, any, agent),
                () -> new S3Connection(store, "x", "bucket", true, false, none, KEYS, quirks, 1, any, agent),
                () -> new S3Connection(store, at, "x", true, false, none, KEYS, quirks, 1, any, agent),
                () -> new S3Connection(store, at, "bucket", false, false, none, KEYS, quirks, 1, any, agent),
                () -> new S3Connection(store, at, "bucket", true, true, none, KEYS, quirks, 1, any, agent),
                () -> new S3Connection(
                        store, at, "bucket", true, false, Optional.of(Path.of("x")), KEYS, quirks, 1, any, agent),
                () -> new S3Connection(store, at, "bucket", true, false, none, secret, quirks, 1, any, agent),
                () -> new S3Connection(
                        store, at, "bucket", true, false, none, KEYS, Set.of(Quirk.LOW_WRITE_LIMITS), 1, any, agent),
                () -> new S3Connection(store, at, "bucket", true, false, none, KEYS, quirks, 2, any, agent),
                () -> new S3Connection(
                        store, at, "bucket", true, false, none, KEYS, quirks, 1, OptionalLong.of(1), agent),
                () -> new S3Connection(store, at, "bucket", true, false, none, KEYS, quirks, 1, any, "x"));
        assertThat(others).hasSameSizeAs(S3Connection.class.getRecordComponents());
        assertThat(usual()).isEqualTo(usual()).hasSameHashCodeAs(usual());
        assertThat(others).allSatisfy(one -> assertThat(one.get()).isNotEqualTo(usual()));
    }

    @Test
    void credentialsDifferInEachOfTheirParts() {
        assertThat(KEYS)
                .isEqualTo(new S3Credentials.Fixed("access", "secret", Optional.of("token")))
                .hasSameHashCodeAs(new S3Credentials.Fixed("access", "secret", Optional.of("token")))
                .isNotEqualTo(new S3Credentials.Fixed("x", "secret", Optional.of("token")))
                .isNotEqualTo(new S3Credentials.Fixed("access", "x", Optional.of("token")))
                .isNotEqualTo(new S3Credentials.Fixed("access", "secret", Optional.empty()));
        assertThat(S3Credentials.Fixed.class.getRecordComponents()).hasSize(3);
    }

    @Test
    void whomAnAnswerIsGoodForDiffersInEachOfItsParts() {
        StoreIdentity usual = StoreIdentity.of(usual());
        assertThat(usual)
                .isEqualTo(StoreIdentity.of(usual()))
                .hasSameHashCodeAs(StoreIdentity.of(usual()))
                .isNotEqualTo(new StoreIdentity(URI.create("https://other.test"), usual.bucket(), usual.account()))
                .isNotEqualTo(new StoreIdentity(usual.endpoint(), "x", usual.account()))
                .isNotEqualTo(new StoreIdentity(usual.endpoint(), usual.bucket(), "x"));
        assertThat(StoreIdentity.class.getRecordComponents()).hasSize(3);
    }
}
