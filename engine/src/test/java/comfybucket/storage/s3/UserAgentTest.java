package comfybucket.storage.s3;

import static org.assertj.core.api.Assertions.assertThat;

import comfybucket.provider.Provider;
import comfybucket.storage.GetOptions;
import comfybucket.storage.KeyPrefix;
import comfybucket.storage.ListRequest;
import comfybucket.storage.MultipartUpload;
import comfybucket.storage.ObjectContent;
import comfybucket.storage.ObjectKey;
import comfybucket.storage.Part;
import comfybucket.storage.Payload;
import comfybucket.storage.PutOptions;
import comfybucket.storage.WriteMode;
import comfybucket.store.http.Response;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How every request names us, seen at the other end. */
class UserAgentTest {
    private static final ObjectKey KEY = new ObjectKey("a");

    private final Map<String, String> agents = new ConcurrentHashMap<>();

    @Test
    void everyRequestOfEveryOperationNamesUs(@TempDir Path folder) throws IOException {
        try (FaultyStore server = new FaultyStore(folder)) {
            server.set((request, store) -> {
                String query = request.query().replaceAll("=[^&]*", "");
                boolean retried = agents.containsKey(request.method() + " " + query);
                agents.merge(
                        request.method() + " " + query,
                        request.headers().first("User-Agent").orElse("none"),
                        (one, other) -> one.startsWith("b2ai-comfyui/test") ? other : one);
                return retried ? store.handle(request) : Response.of(503);
            });
            Doubts doubts =
                    new Doubts(Provider.named("Custom").openQuirks(), Findings.inMemory(), Optional.of(KeyPrefix.NONE));
            try (S3Store store = Connections.impatient(server.connection(), doubts)) {
                doEverything(store);
            }
        }
        assertThat(new TreeMap<>(agents))
                .hasSizeGreaterThan(10)
                .allSatisfy((request, agent) -> assertThat(agent).as(request).startsWith("b2ai-comfyui/test"));
    }

    private static void doEverything(S3Store store) throws IOException {
        store.checkBucket();
        store.put(KEY, Payload.of(new byte[10]), PutOptions.REPLACE);
        store.capabilities().createOnlyInParts();
        store.capabilities().tags();
        store.head(KEY);
        try (ObjectContent content = store.get(KEY, GetOptions.WHOLE)) {
            content.bytes().readAllBytes();
        }
        store.copy(KEY, new ObjectKey("b"));
        store.tags(KEY);
        store.list(ListRequest.all(KeyPrefix.NONE)).iterator().next();
        MultipartUpload upload = store.multipart().create(KEY, PutOptions.REPLACE);
        Part part = store.multipart().upload(upload, 1, Payload.of(new byte[10]));
        store.multipart().parts(upload).forEach(listed -> {});
        store.multipart().open(KeyPrefix.NONE).forEach(open -> {});
        store.multipart().complete(upload, List.of(part), WriteMode.REPLACE);
        store.multipart().abort(store.multipart().create(KEY, PutOptions.REPLACE));
        store.delete(KEY);
    }
}
