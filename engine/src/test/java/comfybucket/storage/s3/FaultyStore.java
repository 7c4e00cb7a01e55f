package comfybucket.storage.s3;

import comfybucket.provider.Quirk;
import comfybucket.store.LocalStore;
import comfybucket.store.StoreOptions;
import comfybucket.store.http.Handler;
import comfybucket.store.http.Request;
import comfybucket.store.http.Response;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;

/** The embedded store, which notes what it is asked and lets a test decide what becomes of it. */
final class FaultyStore implements AutoCloseable {
    /** What becomes of one request. */
    interface Fault {
        Response answer(Request request, Handler store) throws IOException;
    }

    /** Nothing special. */
    static final Fault NONE = (request, store) -> store.handle(request);

    /** The store does what it is asked, and its answer is lost. */
    static final Fault LOST_ANSWER = (request, store) -> {
        store.handle(request);
        throw new IOException("lost");
    };

    /** The request is lost. */
    static final Fault LOST_REQUEST = (request, store) -> {
        throw new IOException("lost");
    };

    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final AtomicReference<Fault> fault = new AtomicReference<>(NONE);
    private final LocalStore server;

    FaultyStore(Path folder) throws IOException {
        server =
                LocalStore.open(folder, StoreOptions.defaults().withForce(false).withFront(this::front));
    }

    private Handler front(Handler store) {
        return request -> {
            requests.add(
                    request.method() + " " + request.path() + (request.query().isEmpty() ? "" : "?" + request.query()));
            return fault.get().answer(request, store);
        };
    }

    /** What becomes of all requests from now on. */
    void set(Fault next) {
        fault.set(next);
    }

    /** What becomes of the next request; those after it are answered. */
    void once(Fault next) {
        fault.set((request, store) -> {
            fault.set(NONE);
            return next.answer(request, store);
        });
    }

    /** Forgets and gives the requests so far, such as {@code PUT /bucket/key}. */
    List<String> takeRequests() {
        List<String> taken = List.copyOf(requests);
        requests.clear();
        return taken;
    }

    String bucket() {
        return server.bucket();
    }

    String accessKey() {
        return server.accessKey();
    }

    String secretKey() {
        return server.secretKey();
    }

    S3Store open(Quirk... quirks) {
        return Connections.impatient(connection(quirks));
    }

    S3Connection connection(Quirk... quirks) {
        return Connections.to(server.endpoint(), server.bucket(), server.accessKey(), server.secretKey(), quirks);
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
