package comfybucket.rpc;

import com.google.gson.FieldNamingPolicy;
import comfybucket.node.Host;
import comfybucket.node.Nodes;
import comfybucket.outbox.Notice;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import org.eclipse.lsp4j.jsonrpc.Launcher;

/** Serves one pack on one pair of streams until the pack says {@code exit} or closes its end. */
public final class RpcServer {
    private final BiFunction<Host, Consumer<Notice>, Nodes> compose;
    private final String version;

    /**
     * @param compose makes the nodes once the pack has said where ComfyUI's folders are; what happens while nobody waits
     *     for it is to be told to the other thing that it gets
     */
    public RpcServer(BiFunction<Host, Consumer<Notice>, Nodes> compose, String version) {
        this.compose = compose;
        this.version = version;
    }

    /** Returns when the pack has gone: its process ended, it closed the stream, or it said {@code exit}. */
    public void serve(InputStream in, OutputStream out) throws InterruptedException {
        ExecutorService reader = Executors.newSingleThreadExecutor(
                Thread.ofPlatform().daemon().name("rpc").factory());
        try {
            EngineMethods methods = new EngineMethods(compose, version, () -> close(in));
            Launcher<Pack> launcher = new Launcher.Builder<Pack>()
                    .setLocalService(methods)
                    .setRemoteInterface(Pack.class)
                    .setInput(in)
                    .setOutput(out)
                    .setExecutorService(reader)
                    .setExceptionHandler(Failures::unforeseen)
                    .configureGson(gson -> gson.setFieldNamingPolicy(FieldNamingPolicy.LOWER_CASE_WITH_UNDERSCORES))
                    .create();
            methods.connect(launcher.getRemoteProxy());
            launcher.startListening().get();
        } catch (ExecutionException ended) {
            // The stream is gone one way or the other, and with it everybody who could be told.
        } finally {
            reader.shutdownNow();
        }
    }

    private static void close(InputStream in) {
        try {
            in.close();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
