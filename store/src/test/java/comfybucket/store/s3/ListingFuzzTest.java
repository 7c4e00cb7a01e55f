package comfybucket.store.s3;

import comfybucket.store.disk.DataFolder;
import comfybucket.store.faults.Fuzz;
import comfybucket.store.faults.Seed;
import comfybucket.store.http.Headers;
import comfybucket.store.http.Request;
import comfybucket.store.sign.Query;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What comes with a listing's request: continuation tokens, markers, prefixes, numbers. */
class ListingFuzzTest {
    private static final List<byte[]> EXAMPLES = Stream.of(
                    "list-type=2&continuation-token=aW1hZ2VzL2EucG5n&max-keys=10&prefix=images%2F",
                    "list-type=2&start-after=a%20b&delimiter=%2F&encoding-type=url&fetch-owner=true",
                    "marker=%F0%9F%98%80&delimiter=%2F&max-keys=1000",
                    "uploads&key-marker=a&upload-id-marker=b&max-uploads=1")
            .map(text -> text.getBytes(StandardCharsets.US_ASCII))
            .toList();

    @Test
    void eachListingIsGivenOrRefused(@TempDir Path folder) throws Exception {
        try (DataFolder data = DataFolder.open(folder, false)) {
            data.buckets().create("bucket");
            Seed.play(seed -> Fuzz.run(
                    seed,
                    Fuzz.executions(20_000),
                    EXAMPLES,
                    List.of(),
                    input -> list(data, new String(input, StandardCharsets.ISO_8859_1))));
        }
    }

    private static void list(DataFolder data, String query) throws Exception {
        Optional<Query> parsed = Query.parse(query);
        if (parsed.isEmpty()) {
            return;
        }
        Request request =
                new Request("GET", "/bucket", query, new Headers.Builder().build(), InputStream.nullInputStream(), 0);
        Call call = new Call(request, "bucket", "", parsed.get(), null, data);
        try {
            Routes.operation(call).run(call);
        } catch (S3Exception refused) {
            // As it should be.
        }
    }
}
