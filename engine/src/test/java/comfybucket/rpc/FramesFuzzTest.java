package comfybucket.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import comfybucket.assurance.Assurance;
import comfybucket.assurance.Promise;
import comfybucket.store.faults.Fuzz;
import comfybucket.store.faults.Seed;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A stream from the pack that is not what it should be: the server answers what it understands, and ends with it. */
@Timeout(600)
class FramesFuzzTest {
    private static final List<byte[]> EXAMPLES = Stream.of(
                    "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"shutdown\"}",
                    "{\"jsonrpc\":\"2.0\",\"id\":2,\"method\":\"node/run\",\"params\":{\"node\":\"a\",\"run\":\"1\",\"inputs\":{}}}",
                    "{\"jsonrpc\":\"2.0\",\"id\":3,\"method\":\"node/identity\",\"params\":{\"node\":\"a\",\"inputs\":{\"key\":\"b\"}}}",
                    "{\"jsonrpc\":\"2.0\",\"method\":\"$/cancelRequest\",\"params\":{\"id\":2}}",
                    "{\"jsonrpc\":\"2.0\",\"id\":4,\"result\":null}")
            .map(body -> ("Content-Length: " + body.length() + "\r\n\r\n" + body).getBytes(StandardCharsets.UTF_8))
            .toList();

    private static final List<byte[]> WORDS = Stream.of(
                    "Content-Length: ",
                    "Content-Length: 2147483647\r\n\r\n",
                    "\r\n\r\n",
                    "\"id\":",
                    "\"method\":",
                    "null")
            .map(word -> word.getBytes(StandardCharsets.US_ASCII))
            .toList();

    /** Held here, because Java forgets loggers that nobody holds. */
    private static final List<Logger> LOUD =
            List.of(Logger.getLogger("org.eclipse.lsp4j.jsonrpc"), Logger.getLogger("comfybucket"));

    @BeforeAll
    static void beQuiet() {
        LOUD.forEach(logger -> logger.setLevel(Level.OFF));
    }

    @AfterAll
    static void speakAgain() {
        LOUD.forEach(logger -> logger.setLevel(null));
    }

    @Test
    void eachStreamIsServedToItsEnd() throws Exception {
        int executions = Fuzz.executions(5_000);
        Seed.play(seed -> {
            Fuzz.run(seed, executions, EXAMPLES, WORDS, FramesFuzzTest::serve);
            Assurance.shown(
                    Promise.PARSERS,
                    "damaged RPC streams, in Java",
                    "%,d executions, 0 crashes, 0 longer than 1 s (seed %d)".formatted(executions, seed));
        });
    }

    private static void serve(byte[] stream) throws InterruptedException {
        ByteArrayOutputStream answers = new ByteArrayOutputStream();
        RpcServer server = new RpcServer(
                (host, notices) -> {
                    throw new AssertionError("Nobody has introduced himself");
                },
                "1.2.3");
        server.serve(new ByteArrayInputStream(stream), answers);
        assertThat(answers.toString(StandardCharsets.UTF_8)).doesNotContain("\\n\\tat ");
    }
}
