package comfybucket.rpc;

import com.google.gson.JsonObject;
import comfybucket.node.Host;
import comfybucket.node.Nodes;
import comfybucket.node.Progress;
import comfybucket.node.RunContext;
import comfybucket.outbox.Notice;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import org.eclipse.lsp4j.jsonrpc.ResponseErrorException;
import org.eclipse.lsp4j.jsonrpc.messages.ResponseError;
import org.eclipse.lsp4j.jsonrpc.messages.ResponseErrorCode;

/** What the pack can ask for. */
final class EngineMethods {
    private final BiFunction<Host, Consumer<Notice>, Nodes> compose;
    private final String version;
    private final Runnable onExit;
    private final HandOver handOver = new HandOver();
    private final IdleMemory memory = new IdleMemory(Duration.ofSeconds(10), System::gc);
    private volatile Nodes nodes;
    private volatile Pack pack;

    EngineMethods(BiFunction<Host, Consumer<Notice>, Nodes> compose, String version, Runnable onExit) {
        this.compose = compose;
        this.version = version;
        this.onExit = onExit;
    }

    void connect(Pack pack) {
        this.pack = pack;
    }

    /** The pack compares the numbers: it knows how the user installs what is too old. */
    CompletableFuture<Protocol.Initialized> initialize(Protocol.Initialize hello) {
        return Run.start("initialize", () -> {
            nodes = compose.apply(Messages.host(hello), this::tell);
            return new Protocol.Initialized(
                    Protocol.NUMBER, version, ProcessHandle.current().pid());
        });
    }

    private void tell(Notice notice) {
        pack.notice(Messages.notice(notice));
    }

    CompletableFuture<Protocol.Ran> run(Protocol.RunNode request) {
        return Run.start("node/run " + request.node(), () -> {
            memory.runBegins();
            try {
                Progress progress = new RunProgress(request.run(), pack);
                RunContext context = Messages.context(request, handOver, progress);
                return Messages.answer(ready().run(request.node(), inputs(request.inputs()), context));
            } finally {
                memory.runEnded();
            }
        });
    }

    /** Asked before the pack encodes what a run would then refuse. */
    CompletableFuture<JsonObject> check(Protocol.AskNode request) {
        return Run.start("node/check " + request.node(), () -> {
            ready().check(request.node(), inputs(request.inputs()));
            return new JsonObject();
        });
    }

    /** Asked while the pack encodes. */
    CompletableFuture<JsonObject> reach(Protocol.AskNode request) {
        return Run.start("node/reach " + request.node(), () -> {
            ready().reach(request.node(), inputs(request.inputs()));
            return new JsonObject();
        });
    }

    CompletableFuture<Protocol.Identity> identity(Protocol.AskNode request) {
        return Run.start(
                "node/identity " + request.node(),
                () -> new Protocol.Identity(ready().identity(request.node(), inputs(request.inputs()))));
    }

    /** Answered at once: what still runs is waited for when the pack closes the stream or says {@code exit}. */
    CompletableFuture<Object> shutdown() {
        return CompletableFuture.completedFuture(new JsonObject());
    }

    void exit() {
        onExit.run();
    }

    private Nodes ready() {
        Nodes current = nodes;
        if (current == null) {
            throw new ResponseErrorException(new ResponseError(
                    ResponseErrorCode.ServerNotInitialized, "The first request must be initialize", null));
        }
        return current;
    }

    private static JsonObject inputs(JsonObject given) {
        return given == null ? new JsonObject() : given;
    }
}
