package comfybucket.storage.s3;

import comfybucket.store.LocalStore;
import comfybucket.store.StoreOptions;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;

/** The embedded store for cases that reach it by ways that are disturbed, and the way that is not. */
final class Proving implements AutoCloseable {
    private final LocalStore server;
    private final S3Connection connection;
    private final S3Store direct;

    Proving(Path folder) throws IOException {
        server = LocalStore.open(folder, StoreOptions.defaults().withForce(false));
        connection = Connections.to(server.endpoint(), server.bucket(), server.accessKey(), server.secretKey());
        direct = Connections.steady(connection);
    }

    URI endpoint() {
        return server.endpoint();
    }

    /** A scene of its own, which is looked at by the way that nothing disturbs. */
    Scene scene(PortOperation operation) {
        return new Scene(direct, operation + "-" + System.nanoTime());
    }

    /** By another way. */
    S3Store by(URI way, boolean impatient) {
        S3Connection other = Connections.at(way, connection);
        return impatient ? Connections.impatient(other) : Connections.steady(other);
    }

    /** Runs them all, so many at a time; what one of them throws is thrown. */
    static void runAll(int width, List<Callable<Void>> cases) throws Exception {
        Semaphore places = new Semaphore(width);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Void>> running = new ArrayList<>();
            for (Callable<Void> one : cases) {
                places.acquire();
                running.add(threads.submit(() -> {
                    try {
                        return one.call();
                    } finally {
                        places.release();
                    }
                }));
            }
            for (Future<Void> one : running) {
                one.get();
            }
        }
    }

    @Override
    public void close() throws IOException {
        direct.close();
        server.close();
    }
}
