package comfybucket.rpc;

import com.google.gson.JsonObject;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.eclipse.lsp4j.jsonrpc.Endpoint;
import org.eclipse.lsp4j.jsonrpc.ResponseErrorException;
import org.eclipse.lsp4j.jsonrpc.json.JsonRpcMethod;
import org.eclipse.lsp4j.jsonrpc.messages.ResponseError;
import org.eclipse.lsp4j.jsonrpc.messages.ResponseErrorCode;

/**
 * The engine's methods under their names on the wire. They are listed here, and not found by their annotations, because
 * looking for those and making proxies is a tenth of the engine's start.
 */
final class Methods implements Endpoint {
    private interface Request<P> {
        CompletableFuture<?> answer(EngineMethods engine, P params);
    }

    /** @param params what the request comes with, none for {@link Void} */
    private record Named<P>(String name, Class<P> params, Class<?> result, Request<P> request) {
        JsonRpcMethod method() {
            return params == Void.class
                    ? JsonRpcMethod.request(name, result)
                    : JsonRpcMethod.request(name, result, params);
        }

        CompletableFuture<?> answer(EngineMethods engine, Object given) {
            if (params == Void.class) {
                return request.answer(engine, null);
            }
            if (!params.isInstance(given)) {
                throw error(ResponseErrorCode.InvalidParams, "The parameters of " + name + " are not an object");
            }
            return request.answer(engine, params.cast(given));
        }
    }

    private static final Map<String, Named<?>> REQUESTS = Arrays.stream(new Named<?>[] {
                new Named<>(
                        "initialize", Protocol.Initialize.class, Protocol.Initialized.class, EngineMethods::initialize),
                new Named<>("node/run", Protocol.RunNode.class, Protocol.Ran.class, EngineMethods::run),
                new Named<>("node/check", Protocol.AskNode.class, JsonObject.class, EngineMethods::check),
                new Named<>("node/reach", Protocol.AskNode.class, JsonObject.class, EngineMethods::reach),
                new Named<>("node/identity", Protocol.AskNode.class, Protocol.Identity.class, EngineMethods::identity),
                new Named<>("shutdown", Void.class, Object.class, (engine, none) -> engine.shutdown())
            })
            .collect(Collectors.toUnmodifiableMap(Named::name, Function.identity()));

    private static final String EXIT = "exit";

    private final EngineMethods engine;

    Methods(EngineMethods engine) {
        this.engine = engine;
    }

    /** What the library has to know to read the messages. */
    static Map<String, JsonRpcMethod> read() {
        return REQUESTS.values().stream().collect(Collectors.toMap(Named::name, Named::method));
    }

    @Override
    public CompletableFuture<?> request(String method, Object params) {
        Named<?> request = REQUESTS.get(method);
        if (request == null) {
            throw error(ResponseErrorCode.MethodNotFound, "There is no method " + method);
        }
        return request.answer(engine, params);
    }

    /** Those that are not known are optional, such as {@code $/…}, or from a pack that is newer. */
    @Override
    public void notify(String method, Object params) {
        if (method.equals(EXIT)) {
            engine.exit();
        }
    }

    private static ResponseErrorException error(ResponseErrorCode code, String message) {
        return new ResponseErrorException(new ResponseError(code, message, null));
    }
}
