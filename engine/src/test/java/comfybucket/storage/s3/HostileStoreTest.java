package comfybucket.storage.s3;

import static org.assertj.core.api.Assertions.assertThat;

import comfybucket.error.CloudException;
import comfybucket.storage.GetOptions;
import comfybucket.storage.KeyPrefix;
import comfybucket.storage.ListPage;
import comfybucket.storage.ListRequest;
import comfybucket.storage.ObjectContent;
import comfybucket.storage.ObjectKey;
import comfybucket.storage.ObjectStore;
import comfybucket.storage.Payload;
import comfybucket.storage.PutOptions;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** Whatever a store sends: every operation ends in time, in a clear error or rightly, and says nothing it must not. */
class HostileStoreTest {
    private static final ObjectKey KEY = new ObjectKey("folder/key");
    private static final String SECRET = "canarysecret4711";

    /** One operation of the port, read to its end. */
    private interface Use {
        void run(ObjectStore store) throws IOException;
    }

    private static final Map<String, Use> OPERATIONS = operations();

    private static Map<String, Use> operations() {
        Map<String, Use> operations = new LinkedHashMap<>();
        operations.put("head", store -> store.head(KEY));
        operations.put("get", store -> {
            try (ObjectContent content = store.get(KEY, GetOptions.WHOLE)) {
                content.bytes().readAllBytes();
            }
        });
        operations.put("put", store -> store.put(KEY, Payload.of(new byte[100_000]), PutOptions.REPLACE));
        operations.put("create", store -> store.put(KEY, Payload.of(new byte[10]), PutOptions.CREATE_ONLY));
        operations.put("list", store -> {
            for (ListPage page : store.list(ListRequest.all(new KeyPrefix("folder/")))) {
                assertThat(page.objects())
                        .allMatch(object -> object.key().value().startsWith("folder/"));
            }
        });
        operations.put("delete", store -> store.delete(KEY));
        operations.put("copy", store -> store.copy(KEY, new ObjectKey("other")));
        operations.put("checkBucket", ObjectStore::checkBucket);
        operations.put("createUpload", store -> store.multipart().create(KEY, PutOptions.REPLACE));
        operations.put(
                "listUploads", store -> store.multipart().open(KeyPrefix.NONE).forEach(upload -> {}));
        return operations;
    }

    @Test
    void everyOperationEndsWhateverTheStoreSends() throws Exception {
        List<String> wrong = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<List<String>>> stores = new ArrayList<>();
            Hostilities.ALL.forEach(
                    (behaviour, script) -> stores.add(threads.submit(() -> triedOn(behaviour, script, threads))));
            for (Future<List<String>> store : stores) {
                wrong.addAll(store.get());
            }
        }
        assertThat(wrong).isEmpty();
        assertThat(Hostilities.ALL.size()).isGreaterThanOrEqualTo(60);
    }

    /** All operations at once on one server that behaves so; says what was wrong. */
    private static List<String> triedOn(String behaviour, RawServer.Script script, ExecutorService threads)
            throws Exception {
        List<String> wrong = new ArrayList<>();
        try (RawServer server = new RawServer(script);
                ObjectStore store =
                        Connections.impatient(Connections.to(server.uri(), "bucket", "canarykey", SECRET))) {
            Map<String, Future<String>> outcomes = new LinkedHashMap<>();
            OPERATIONS.forEach((operation, use) -> outcomes.put(operation, threads.submit(() -> tried(store, use))));
            for (Map.Entry<String, Future<String>> outcome : outcomes.entrySet()) {
                String text = outcome.getValue().get();
                if (!text.isEmpty()) {
                    wrong.add(outcome.getKey() + " on a store with " + behaviour + " " + text);
                }
            }
        }
        return wrong;
    }

    /** What was wrong; nothing if all went well. */
    private static String tried(ObjectStore store, Use use) {
        long start = System.nanoTime();
        String outcome = outcome(store, use);
        Duration took = Duration.ofNanos(System.nanoTime() - start);
        return took.compareTo(Connections.DEADLINE) > 0 ? outcome + " takes " + took : outcome;
    }

    private static String outcome(ObjectStore store, Use use) {
        try {
            use.run(store);
            return "";
        } catch (CloudException e) {
            String text = e.getMessage();
            boolean clean = !text.contains(SECRET) && !text.matches("(?s).*(Exception|@[0-9a-f]{6,}|\n\\s*at ).*");
            return clean ? "" : "says " + text;
        } catch (IOException | RuntimeException e) {
            return "throws " + e + " from "
                    + List.of(e.getStackTrace()).subList(0, Math.min(4, e.getStackTrace().length));
        }
    }
}
