package comfybucket.storage.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import comfybucket.assurance.Assurance;
import comfybucket.assurance.Promise;
import comfybucket.error.CloudException;
import comfybucket.error.Problem;
import comfybucket.provider.Quirk;
import comfybucket.storage.KeyPrefix;
import comfybucket.storage.ListPage;
import comfybucket.storage.ListRequest;
import comfybucket.storage.ObjectKey;
import comfybucket.store.LocalStore;
import comfybucket.store.StoreOptions;
import comfybucket.store.disk.DataFolder;
import comfybucket.store.disk.Keys;
import comfybucket.store.disk.ObjectMeta;
import comfybucket.store.disk.Precondition;
import comfybucket.store.disk.StagedFile;
import comfybucket.store.faults.Seed;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Random;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Listings of a bucket of awkward keys, page by page, and of stores whose pages have no end. */
class FuzzedListingTest {
    /** Folders are files' folders on this disk; hundreds inside one another only take long. */
    private static final int DEEPEST = 20;

    @Test
    void eachKeyIsListedOnceAndInOrder(@TempDir Path folder) throws Exception {
        Seed.play(seed -> {
            NavigableSet<ObjectKey> keys = keys(Assurance.cases(10_000, 100_000), Seed.random(seed, 0));
            fill(folder, keys);
            try (LocalStore server =
                    LocalStore.open(folder, StoreOptions.defaults().withForce(false))) {
                for (Quirk[] quirks : new Quirk[][] {{}, {Quirk.LIST_V1}}) {
                    try (S3Store store = Connections.steady(Connections.to(
                            server.endpoint(), server.bucket(), server.accessKey(), server.secretKey(), quirks))) {
                        assertThat(flat(store, ListRequest.all(KeyPrefix.NONE))).containsExactlyElementsOf(keys);
                        assertPieces(store, keys, Seed.random(seed, 1));
                    }
                }
            }
            String figure = "%,d keys, sets equal (seed %d)".formatted(keys.size(), seed);
            Assurance.shown(Promise.LISTINGS, "fuzzed keys, both versions of the listing, prefixes, resumed", figure);
        });
    }

    private static NavigableSet<ObjectKey> keys(int count, Random random) {
        NavigableSet<ObjectKey> keys = new TreeSet<>();
        Stream.concat(Keys.NASTY.stream(), Stream.generate(() -> Keys.random(random)))
                .filter(key -> key.chars().filter(c -> c == '/').count() < DEEPEST)
                .map(ObjectKey::new)
                .takeWhile(key -> keys.size() < count)
                .forEach(keys::add);
        return keys;
    }

    /** Not over HTTP, which would take longer than all the rest. */
    private static void fill(Path folder, Iterable<ObjectKey> keys) throws IOException {
        try (DataFolder data = DataFolder.open(folder, false)) {
            data.buckets().create(StoreOptions.DEFAULT_BUCKET);
            ObjectMeta meta = new ObjectMeta("etag", Map.of(), Map.of(), Optional.empty(), List.of());
            for (ObjectKey key : keys) {
                try (StagedFile file = data.objects().stage()) {
                    data.objects().publish(StoreOptions.DEFAULT_BUCKET, key.value(), file, meta, Precondition.NONE);
                }
            }
        }
    }

    private static void assertPieces(S3Store store, NavigableSet<ObjectKey> keys, Random random) {
        List<ObjectKey> all = List.copyOf(keys);
        for (int run = 0; run < Assurance.cases(3, 20); run++) {
            ObjectKey some = all.get(random.nextInt(all.size()));
            int end = some.value().offsetByCodePoints(0, random.nextInt(1 + Math.min(3, codePoints(some))));
            KeyPrefix prefix = new KeyPrefix(some.value().substring(0, end));
            ListRequest request = ListRequest.all(prefix).withPageSize(random.nextInt(400, 1_001));
            List<ObjectKey> expected = keys.stream().filter(prefix::contains).toList();
            assertThat(flat(store, request)).as("%s", request).containsExactlyElementsOf(expected);
            ListRequest resumed = request.withStartAfter(some.value());
            List<ObjectKey> rest =
                    keys.tailSet(some, false).stream().filter(prefix::contains).toList();
            assertThat(flat(store, resumed)).as("%s", resumed).containsExactlyElementsOf(rest);
        }
    }

    private static int codePoints(ObjectKey key) {
        return key.value().codePointCount(0, key.value().length());
    }

    private static List<ObjectKey> flat(S3Store store, ListRequest request) {
        List<ObjectKey> found = new ArrayList<>();
        for (ListPage page : store.list(request)) {
            page.objects().forEach(object -> found.add(object.key()));
        }
        return found;
    }

    @Test
    void aMarkThatComesAgainIsDetected() throws IOException {
        AtomicInteger number = new AtomicInteger();
        assertEndless(10, request -> page("<Contents><Key>" + number.incrementAndGet() + "</Key>", "again"));
    }

    @Test
    void aPageThatComesAgainIsDetected() throws IOException {
        AtomicInteger number = new AtomicInteger();
        assertEndless(10, request -> page("<Contents><Key>same</Key>", "mark" + number.incrementAndGet()));
    }

    @Test
    void emptyPagesWithoutEndAreDetected() throws IOException {
        AtomicInteger number = new AtomicInteger();
        assertEndless(200, request -> page("", "mark" + number.incrementAndGet()));
    }

    private static void assertEndless(int most, Function<RawServer.Request, String> answer) throws IOException {
        try (RawServer server = RawServer.answering(answer);
                S3Store store = Connections.steady(Connections.to(server.uri(), "bucket", "a", "s"))) {
            CloudException failure =
                    catchThrowableOfType(CloudException.class, () -> flat(store, ListRequest.all(KeyPrefix.NONE)));
            assertThat(failure.problem()).isEqualTo(Problem.LISTING_ENDLESS);
            assertThat(server.requests()).hasSizeLessThan(most);
        }
    }

    private static String page(String contents, String mark) {
        String rest =
                "<Size>1</Size><ETag>\"a\"</ETag><LastModified>2025-01-01T00:00:00.000Z</LastModified></Contents>";
        String body = "<ListBucketResult><IsTruncated>true</IsTruncated><NextContinuationToken>" + mark
                + "</NextContinuationToken>" + (contents.isEmpty() ? "" : contents + rest) + "</ListBucketResult>";
        return "HTTP/1.1 200 OK\r\nContent-Type: application/xml\r\nContent-Length: " + body.length() + "\r\n\r\n"
                + body;
    }
}
