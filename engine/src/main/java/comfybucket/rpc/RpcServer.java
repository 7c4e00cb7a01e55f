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
import org.eclipse.lsp4j.jsonrpc.RemoteEndpoint;
import org.eclipse.lsp4j.jsonrpc.json.ConcurrentMessageProcessor;
import org.eclipse.lsp4j.jsonrpc.json.MessageJsonHandler;
import org.eclipse.lsp4j.jsonrpc.json.StreamMessageConsumer;
import org.eclipse.lsp4j.jsonrpc.json.StreamMessageProducer;

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
            MessageJsonHandler json = new MessageJsonHandler(
                    Methods.read(), gson -> gson.setFieldNamingPolicy(FieldNamingPolicy.LOWER_CASE_WITH_UNDERSCORES));
            RemoteEndpoint pack = new RemoteEndpoint(
                    new StreamMessageConsumer(out, json), new Methods(methods), Failures::unforeseen);
            json.setMethodProvider(pack);
            methods.connect(new Pack(pack));
            StreamMessageProducer messages = new StreamMessageProducer(in, json, pack);
            new ConcurrentMessageProcessor(messages, pack)
                    .beginProcessing(reader)
                    .get();
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
