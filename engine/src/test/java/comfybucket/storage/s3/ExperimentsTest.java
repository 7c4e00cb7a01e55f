package comfybucket.storage.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import comfybucket.provider.Provider;
import comfybucket.provider.Quirk;
import comfybucket.storage.KeyPrefix;
import comfybucket.storage.ListPage;
import comfybucket.storage.ListRequest;
import comfybucket.storage.MultipartUpload;
import comfybucket.storage.ObjectKey;
import comfybucket.storage.Payload;
import comfybucket.storage.PutOptions;
import comfybucket.store.http.Body;
import comfybucket.store.http.Response;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is found out about a store of which little is known. */
class ExperimentsTest {
    private static final Set<Quirk> OPEN = Provider.named("Custom").openQuirks();
    private static final KeyPrefix GROUND = new KeyPrefix("team/");

    private static final Response COMPLETED = Response.of(200)
            .with(new Body.Bytes("<CompleteMultipartUploadResult><ETag>\"1-1\"</ETag></CompleteMultipartUploadResult>"
                    .getBytes(StandardCharsets.US_ASCII)));

    @TempDir
    private Path folder;

    private FaultyStore server;
    private final Findings findings = Findings.inMemory();

    @BeforeEach
    void start() throws IOException {
        server = new FaultyStore(folder);
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    @Test
    void everyQuirkThatFailsInSilenceHasAnExperimentAndTheOthersShow() {
        Set<Quirk> shown =
                Set.of(Quirk.NO_CHECKSUM_HEADERS, Quirk.IF_MATCH_UNQUOTED, Quirk.LIST_V1, Quirk.VIRTUAL_HOST_STYLE);
        assertThat(Stream.of(Quirk.values()).filter(Quirk::canBeFoundOut))
                .containsExactlyInAnyOrderElementsOf(Stream.concat(shown.stream(), Experiments.quirks().stream())
                        .toList());
    }

    @Test
    void openingAsksNothing() {
        try (S3Store store = open(findings)) {
            store.capabilities();
            store.multipart();
            assertThat(server.takeRequests()).isEmpty();
        }
    }

    @Test
    void aStoreThatCanDoItIsAskedOnceAndIsLeftClean() {
        try (S3Store store = open(findings)) {
            assertThat(store.capabilities().createOnly()).isTrue();
            assertThat(server.takeRequests()).isNotEmpty().allMatch(request -> request.contains("comfyui"));
            assertThat(store.capabilities().createOnly()).isTrue();
            assertThat(server.takeRequests()).isEmpty();
            assertThat(store.capabilities().createOnlyInParts()).isTrue();
            assertThat(store.capabilities().tags()).isTrue();
            assertThat(server.takeRequests()).isNotEmpty();
            assertThat(keys(store)).isEmpty();
            assertThat(store.multipart().open(KeyPrefix.NONE)).isEmpty();
            assertThat(server.takeRequests())
                    .as("listings are encoded, since that was found out on the way")
                    .anyMatch(request -> request.contains("encoding-type=url"));
        }
        try (S3Store next = open(findings)) {
            assertThat(next.capabilities().createOnlyInParts()).isTrue();
            assertThat(next.capabilities().tags()).isTrue();
            assertThat(server.takeRequests()).allMatch(request -> request.startsWith("HEAD /comfyui"));
        }
    }

    @Test
    void whatIsWrittenLiesUnderThePrefixAndSaysWhatItIs() {
        try (S3Store store = open(findings)) {
            store.capabilities().createOnly();
        }
        assertThat(server.takeRequests())
                .filteredOn(request -> request.startsWith("PUT"))
                .isNotEmpty()
                .allMatch(request -> request.startsWith("PUT /comfyui/team/.comfy-bucket-probe/"));
    }

    @Test
    void aStoreThatRefusesChecksumHeadersIsBelievedAtOnce() {
        Response refused = Response.of(400)
                .with(new Body.Bytes("<Error><Code>InvalidArgument</Code><Message>Unsupported header</Message></Error>"
                        .getBytes(StandardCharsets.US_ASCII)));
        server.set((request, store) -> request.headers().has("x-amz-checksum-mode") ? refused : store.handle(request));
        ObjectKey key = new ObjectKey("team/cat.png");
        try (S3Store store = open(findings)) {
            store.put(key, Payload.of(new byte[3]), PutOptions.REPLACE);
            server.takeRequests();
            assertThat(store.head(key).size()).isEqualTo(3);
            assertThat(store.head(key).size()).isEqualTo(3);
            assertThat(server.takeRequests())
                    .as("HEAD, why it was refused, HEAD as the store likes it, and from now on only that")
                    .containsExactly(
                            "HEAD /comfyui/team/cat.png",
                            "GET /comfyui/team/cat.png",
                            "HEAD /comfyui/team/cat.png",
                            "HEAD /comfyui/team/cat.png");
        }
    }

    @Test
    void aStoreThatIgnoresTheConditionIsNotReliedOn() {
        server.set((request, store) -> {
            Response response = store.handle(request);
            return response.status() == 412 ? Response.of(200).with("ETag", "\"1\"") : response;
        });
        try (S3Store store = open(findings)) {
            assertThat(store.capabilities().createOnly()).isFalse();
            assertThat(store.capabilities().createOnlyInParts()).isFalse();
            assertThat(keys(store)).isEmpty();
        }
    }

    @Test
    void aStoreThatHeedsTheConditionForWholeObjectsOnlyIsReliedOnForThose() {
        server.set((request, store) -> {
            Response response = store.handle(request);
            return request.method().equals("POST") && response.status() == 412 ? COMPLETED : response;
        });
        try (S3Store store = open(findings)) {
            assertThat(store.capabilities().createOnly()).isTrue();
            assertThat(store.capabilities().createOnlyInParts()).isFalse();
            assertThat(keys(store)).isEmpty();
            assertThat(store.multipart().open(KeyPrefix.NONE)).isEmpty();
        }
    }

    @Test
    void aReadOnlyProfileIsNeverWrittenTo() {
        try (S3Store store = open(findings, Optional.empty())) {
            assertThat(store.capabilities().createOnly()).isFalse();
            assertThat(store.capabilities().tags()).isFalse();
            assertThat(keys(store)).isEmpty();
        }
        assertThat(server.takeRequests()).noneMatch(request -> request.startsWith("PUT"));
    }

    @Test
    void whereNothingCanBeRemovedOneObjectIsLeftAndNothingIsKnown() {
        server.set((request, store) -> request.method().equals("DELETE") ? Response.of(403) : store.handle(request));
        try (S3Store store = open(findings)) {
            assertThat(store.capabilities().createOnly()).isFalse();
            assertThat(store.capabilities().tags()).isFalse();
            assertThat(keys(store)).containsExactly("team/.comfy-bucket-probe/may-be-deleted");
            server.takeRequests();
            assertThat(store.capabilities().createOnly()).isFalse();
            assertThat(server.takeRequests()).as("not at each turn").isEmpty();
        }
        server.set(FaultyStore.NONE);
        try (S3Store allowed = open(findings)) {
            assertThat(allowed.capabilities().createOnly()).isTrue();
            assertThat(keys(allowed)).isEmpty();
        }
    }

    @Test
    void aStoreThatIsOutOfReachTeachesNothing() {
        server.set((request, store) -> request.method().equals("PUT") ? Response.of(503) : store.handle(request));
        try (S3Store store = open(findings)) {
            assertThat(store.capabilities().createOnly()).isFalse();
        }
        server.set(FaultyStore.NONE);
        try (S3Store store = open(findings)) {
            assertThat(store.capabilities().createOnly()).isTrue();
        }
    }

    @Test
    void readingWritesNothing() {
        try (S3Store careful = server.open()) {
            careful.put(new ObjectKey("team/a"), Payload.of(new byte[3]), PutOptions.REPLACE);
        }
        server.takeRequests();
        try (S3Store store = open(findings)) {
            store.head(new ObjectKey("team/a"));
            assertThat(keys(store)).containsExactly("team/a");
            store.checkBucket();
        }
        assertThat(server.takeRequests())
                .noneMatch(request -> request.startsWith("PUT") || request.startsWith("DELETE"));
    }

    @Test
    void ofManyThatAskAtOnceOneTriesItOut() throws Exception {
        try (S3Store store = open(findings)) {
            List<Thread> threads = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                threads.add(Thread.ofVirtual()
                        .start(() ->
                                assertThat(store.capabilities().createOnly()).isTrue()));
            }
            for (Thread thread : threads) {
                thread.join();
            }
        }
        assertThat(server.takeRequests())
                .filteredOn(request -> request.matches("PUT .*/created-once"))
                .hasSize(2);
    }

    @Test
    void aCancelledExperimentLeavesNothingBehind() throws Exception {
        CountDownLatch reached = new CountDownLatch(1);
        server.set((request, store) -> {
            if (request.path().endsWith("/created-once") && request.method().equals("HEAD")) {
                reached.countDown();
                try {
                    Thread.sleep(5_000);
                } catch (InterruptedException e) {
                    throw new IOException(e);
                }
            }
            return store.handle(request);
        });
        try (S3Store store = open(findings)) {
            AtomicReference<Throwable> thrown = new AtomicReference<>();
            Thread asking = Thread.ofVirtual()
                    .start(() ->
                            thrown.set(catchThrowable(() -> store.capabilities().createOnly())));
            reached.await();
            asking.interrupt();
            assertThat(asking.join(Duration.ofSeconds(2))).isTrue();
            assertThat(thrown.get()).isInstanceOf(CancellationException.class);
            server.set(FaultyStore.NONE);
            assertThat(keys(store)).isEmpty();
        }
    }

    @Test
    void whatAKilledProcessHasLeftIsRemovedLaterAndNothingElse() throws Exception {
        ObjectKey others = new ObjectKey("team/.comfy-bucket-probe/of-somebody-else");
        MultipartUpload busy;
        try (S3Store store = server.open()) {
            store.put(others, Payload.of(new byte[3]), PutOptions.REPLACE);
            busy = store.multipart().create(others, PutOptions.REPLACE);
        }
        killWhileItCompletesAnUpload();
        try (S3Store soon = open(Findings.inMemory())) {
            assertThat(soon.capabilities().createOnlyInParts()).isTrue();
            assertThat(keys(soon)).as("it may still be at work").hasSize(2);
            assertThat(soon.multipart().open(KeyPrefix.NONE)).hasSize(2);
        }
        InstantSource later = InstantSource.offset(InstantSource.system(), Duration.ofMinutes(61));
        server.set((request, store) -> request.method().equals("GET") ? Response.of(403) : store.handle(request));
        try (S3Store without = open(new Findings(Optional.empty(), true, later))) {
            assertThat(without.capabilities().createOnly())
                    .as("who may not list")
                    .isTrue();
        }
        server.set(FaultyStore.NONE);
        try (S3Store next = open(new Findings(Optional.empty(), true, later))) {
            assertThat(keys(next)).as("reading removes nothing").hasSize(2);
            assertThat(next.capabilities().createOnly()).isTrue();
            assertThat(keys(next)).containsExactly(others.value());
            assertThat(next.multipart().open(KeyPrefix.NONE))
                    .extracting(MultipartUpload::id)
                    .containsExactly(busy.id());
        }
    }

    private void killWhileItCompletesAnUpload() throws Exception {
        CountDownLatch reached = new CountDownLatch(1);
        CountDownLatch killed = new CountDownLatch(1);
        server.set((request, store) -> {
            if (request.method().equals("POST") && request.query().contains("uploadId")) {
                reached.countDown();
                try {
                    killed.await();
                } catch (InterruptedException e) {
                    throw new IOException(e);
                }
                throw new IOException("The client is dead");
            }
            return store.handle(request);
        });
        Process process = ProbingProcess.start(server.connection(), server.accessKey(), server.secretKey(), GROUND);
        assertThat(reached.await(1, TimeUnit.MINUTES)).isTrue();
        process.destroyForcibly().waitFor();
        killed.countDown();
        server.set(FaultyStore.NONE);
    }

    private S3Store open(Findings known) {
        return open(known, Optional.of(GROUND));
    }

    private S3Store open(Findings known, Optional<KeyPrefix> ground) {
        return Connections.impatient(server.connection(), new Doubts(OPEN, known, ground));
    }

    private static List<String> keys(S3Store store) {
        List<String> keys = new ArrayList<>();
        for (ListPage page : store.list(ListRequest.all(KeyPrefix.NONE))) {
            page.objects().forEach(object -> keys.add(object.key().value()));
        }
        return keys;
    }
}
