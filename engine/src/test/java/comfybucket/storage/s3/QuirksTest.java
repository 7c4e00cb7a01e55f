package comfybucket.storage.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import comfybucket.assurance.Assurance;
import comfybucket.assurance.Promise;
import comfybucket.error.CloudException;
import comfybucket.error.Problem;
import comfybucket.profile.Machine;
import comfybucket.profile.ProfileRef;
import comfybucket.profile.Profiles;
import comfybucket.provider.Provider;
import comfybucket.provider.Quirk;
import comfybucket.storage.GetOptions;
import comfybucket.storage.ObjectContent;
import comfybucket.storage.ObjectKey;
import comfybucket.store.LocalStore;
import comfybucket.store.personality.Personality;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * Each quirk against a store that has it: what fails without our rule works with it. Where the rule belongs to the quirk,
 * our own client runs without it; where it is followed at every store, another client runs that does not follow it.
 */
class QuirksTest {
    @TempDir
    private static Path folder;

    private static final Map<Personality, LocalStore> SERVERS = new EnumMap<>(Personality.class);

    private static final AtomicInteger SHOWN = new AtomicInteger();

    @AfterAll
    static void stop() throws IOException {
        if (SHOWN.get() == QuirkTrials.OURS.size() + QuirkTrials.EVERYWHERE.size()) {
            Assurance.shown(
                    Promise.PROVIDERS,
                    "each quirk against a store that has it, without our rule and with it",
                    SHOWN.get() + " quirks, all red without and green with it");
        }
        for (LocalStore server : SERVERS.values()) {
            server.close();
        }
        SERVERS.clear();
    }

    @Test
    void everyQuirkHasItsTrial() {
        Set<Quirk> tried = new HashSet<>(QuirkTrials.OURS.keySet());
        tried.addAll(QuirkTrials.EVERYWHERE.keySet());
        assertThat(tried).doesNotContainAnyElementsOf(QuirkTrials.ELSEWHERE.keySet());
        tried.addAll(QuirkTrials.ELSEWHERE.keySet());
        assertThat(tried).containsExactlyInAnyOrder(Quirk.values());
    }

    @TestFactory
    Stream<DynamicTest> redWithoutTheRuleAndGreenWithIt() {
        return QuirkTrials.OURS.entrySet().stream()
                .map(entry -> DynamicTest.dynamicTest(
                        entry.getKey().name(), () -> compare(entry.getKey(), entry.getValue())));
    }

    private static void compare(Quirk quirk, QuirkTrials.Ours trial) throws Exception {
        Set<Quirk> all = Provider.named(trial.personality().provider()).quirks().keySet();
        assertThat(all).contains(quirk);
        Set<Quirk> rest = new HashSet<>(all);
        rest.remove(quirk);
        boolean ofLimits = quirk == Quirk.LOW_WRITE_LIMITS;
        try (S3Store without = open(trial.personality(), rest, ofLimits)) {
            assertThatThrownBy(() -> trial.work().run(without))
                    .as("without the rule")
                    .isNotNull();
        }
        if (ofLimits) {
            // Until the store takes writes again.
            Thread.sleep(500);
        }
        try (S3Store with = open(trial.personality(), all, ofLimits)) {
            assertThatCode(() -> trial.work().run(with)).as("with the rule").doesNotThrowAnyException();
        }
        SHOWN.incrementAndGet();
    }

    @TestFactory
    Stream<DynamicTest> redForAnotherClientAndGreenForOurs() {
        return QuirkTrials.EVERYWHERE.entrySet().stream()
                .map(entry -> DynamicTest.dynamicTest(entry.getKey().name(), () -> {
                    QuirkTrials.Everywhere trial = entry.getValue();
                    Set<Quirk> all = Provider.named(trial.personality().provider())
                            .quirks()
                            .keySet();
                    assertThat(all).contains(entry.getKey());
                    LocalStore server = server(trial.personality());
                    try (S3Client other = other(trial.personality(), server, trial.careful())) {
                        assertThatThrownBy(() -> trial.other().run(other, server.bucket()))
                                .as("another client")
                                .isNotNull();
                    }
                    try (S3Store ours = open(trial.personality(), all)) {
                        assertThatCode(() -> trial.ours().run(ours)).as("ours").doesNotThrowAnyException();
                    }
                    SHOWN.incrementAndGet();
                }));
    }

    @Test
    void aMasterKeyIsToldFromAKeyThatIsNotKnown() throws IOException {
        LocalStore server = server(Personality.BACKBLAZE_B2);
        for (boolean b2 : new boolean[] {false, true}) {
            Set<Quirk> quirks = b2 ? Set.of(Quirk.MASTER_KEY_UNUSABLE) : Set.of();
            S3Connection stranger =
                    Connections.to(server.endpoint(), server.bucket(), "0123456789ab", "secretsecretsecret", quirks);
            try (S3Store store = Connections.impatient(stranger)) {
                assertThatThrownBy(store::checkBucket)
                        .isInstanceOfSatisfying(
                                CloudException.class,
                                failure -> assertThat(failure.problem())
                                        .isEqualTo(b2 ? Problem.APPLICATION_KEY_NEEDED : Problem.ACCESS_KEY_INVALID));
            }
        }
    }

    @Test
    void overPlainHttpNothingIsSent(@TempDir Path home) throws IOException {
        String address = "http://s3.us-west-004.backblazeb2.com";
        try (RawServer b2 = RawServer.always("HTTP/1.1 400 Https Only\r\nContent-Length: 0\r\n\r\n")) {
            S3Connection without = new S3Connection(
                    URI.create(address),
                    "us-west-004",
                    "bucket",
                    true,
                    true,
                    Optional.empty(),
                    new S3Credentials.Fixed("access", "secretsecretsecret", Optional.empty()),
                    Set.of(),
                    4,
                    "b2ai-comfyui/test");
            ProxySettings onTheWay = new ProxySettings(Map.of("http_proxy", "127.0.0.1:" + b2.port()));
            try (S3Store store = Connections.impatient(without, onTheWay)) {
                assertThatThrownBy(store::checkBucket).isInstanceOf(CloudException.class);
            }
            assertThat(b2.requests()).isNotEmpty();
            assertThat(b2.requests().getFirst().header("Authorization"))
                    .as("what everybody on the way can read")
                    .isPresent();

            int sent = b2.requests().size();
            Path file = home.resolve("profiles.json");
            Profiles profiles = new Profiles(new Machine(Map.of("COMFY_S3_PROFILE", "b2"), "Linux", home), file);
            Files.writeString(file, profile(address));
            assertThatThrownBy(() -> profiles.resolve(ProfileRef.DEFAULT))
                    .isInstanceOfSatisfying(
                            CloudException.class,
                            failure -> assertThat(failure.problem()).isEqualTo(Problem.SETTING_NOT_USABLE))
                    .hasMessageContaining("is reached over https only");
            assertThat(b2.requests()).hasSize(sent);
            Files.writeString(file, profile(address.replace("http:", "https:")));
            assertThatCode(() -> profiles.resolve(ProfileRef.DEFAULT)).doesNotThrowAnyException();
        }
    }

    private static String profile(String address) {
        return """
                {"profiles": {"b2": {"provider": "Backblaze B2", "endpoint_url": "%s", "allow_http": true,
                    "access_key": "access", "secret_key": "secretsecretsecret", "bucket": "bucket"}}}
                """.formatted(address);
    }

    @Test
    void whatIsStoredPackedComesAsItIsStored() throws IOException {
        Personality personality = Personality.CLOUDFLARE_R2;
        ObjectKey key = QuirkTrials.key();
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(new byte[10_000]);
        }
        LocalStore server = server(personality);
        try (S3Client other = other(personality, server, true)) {
            other.putObject(
                    request -> request.bucket(server.bucket()).key(key.value()).contentEncoding("gzip"),
                    RequestBody.fromBytes(packed.toByteArray()));
        }
        try (S3Store without = open(personality, Set.of())) {
            assertThatThrownBy(() -> without.get(key, GetOptions.WHOLE)).isInstanceOf(CloudException.class);
        }
        try (S3Store with = open(personality, Set.of(Quirk.GUNZIPS_ON_READ));
                ObjectContent content = with.get(key, GetOptions.WHOLE)) {
            assertThat(content.bytes().readAllBytes()).isEqualTo(packed.toByteArray());
            assertThat(content.info().size()).isEqualTo(packed.size());
        }
    }

    private static S3Store open(Personality personality, Set<Quirk> quirks) throws IOException {
        return open(personality, quirks, false);
    }

    /** @param isPutOff whether one refusal is enough: whoever does as the store likes meets none */
    private static S3Store open(Personality personality, Set<Quirk> quirks, boolean isPutOff) throws IOException {
        LocalStore server = server(personality);
        S3Connection connection = Connections.to(
                personality.endpoint(server), server.bucket(), server.accessKey(), server.secretKey(), quirks);
        boolean byHost = quirks.contains(Quirk.VIRTUAL_HOST_STYLE) && !personality.pathStyle();
        S3Connection styled = connection.withPathStyle(!byHost);
        return isPutOff ? Connections.easilyPutOff(styled) : Connections.impatient(styled);
    }

    private static LocalStore server(Personality personality) throws IOException {
        synchronized (SERVERS) {
            if (!SERVERS.containsKey(personality)) {
                SERVERS.put(personality, personality.serve(folder.resolve(personality.name())));
            }
            return SERVERS.get(personality);
        }
    }

    /** @param careful whether it sends nothing that is not asked for, so that only what a trial does itself can fail */
    private static S3Client other(Personality personality, LocalStore server, boolean careful) {
        return S3Client.builder()
                .endpointOverride(personality.endpoint(server))
                .region(Region.US_EAST_1)
                .forcePathStyle(personality.pathStyle())
                .credentialsProvider(StaticCredentialsProvider.create(
                        AwsBasicCredentials.create(server.accessKey(), server.secretKey())))
                .httpClient(new StoreHttp(ProxySettings.NONE)
                        .open(
                                Connections.to(personality.endpoint(server), server.bucket(), "a", "s"),
                                Timeouts.STANDARD))
                .applyMutation(client -> {
                    if (careful) {
                        QuirkTrials.makeCareful(client);
                    }
                })
                .build();
    }
}
