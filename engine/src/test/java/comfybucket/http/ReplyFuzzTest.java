package comfybucket.http;

import static org.assertj.core.api.Assertions.assertThat;

import comfybucket.assurance.Assurance;
import comfybucket.assurance.Promise;
import comfybucket.store.faults.Fuzz;
import comfybucket.store.faults.Seed;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Whatever comes over a wire is an answer or an error, and the same one wherever its packets are cut. */
class ReplyFuzzTest {
    private static final List<byte[]> EXAMPLES = bytes(
            "HTTP/1.1 200 OK\r\nETag: \"a\"\r\nContent-Length: 10\r\n\r\n0123456789",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n6;x=y\r\n world\r\n0\r\nA: b\r\n\r\n",
            "HTTP/1.0 200\nConnection: keep-alive\n\nuntil the end",
            "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 503 Slow Down\r\nRetry-After: 1\r\nContent-Length: 3\r\n\r\nxml",
            "HTTP/1.1 204 No Content\r\nKeep-Alive: timeout=5\r\n\r\n");

    private static final List<byte[]> WORDS = bytes(
            "\r\n",
            "\n",
            "\r",
            "\r\n\r\n",
            "Content-Length: 5\r\n",
            "Transfer-Encoding: chunked\r\n",
            "0\r\n\r\n",
            ":",
            " ");

    private static List<byte[]> bytes(String... texts) {
        return Stream.of(texts)
                .map(text -> text.getBytes(StandardCharsets.ISO_8859_1))
                .toList();
    }

    @Test
    void wherePacketsAreCutMakesNoDifference() throws Exception {
        int executions = Fuzz.executions(10_000);
        Seed.play(seed -> {
            Fuzz.run(seed, executions, EXAMPLES, WORDS, input -> {
                String whole = outcome(input, input.length);
                assertThat(outcome(input, 0)).isEqualTo(whole);
                assertThat(outcome(input, Math.floorMod(seed, input.length + 1)))
                        .isEqualTo(whole);
            });
            Assurance.shown(
                    Promise.PARSERS,
                    "damaged answers below HTTP",
                    "%,d executions, 0 crashes, 0 longer than 1 s (seed %d)".formatted(executions, seed));
        });
    }

    @Test
    void aRightAnswerIsTheSameCutAnywhere() {
        for (byte[] example : EXAMPLES) {
            String whole = outcome(example, example.length);
            assertThat(whole).contains(" ends");
            for (int cut = 0; cut < example.length; cut++) {
                assertThat(outcome(example, cut)).isEqualTo(whole);
            }
        }
    }

    @Test
    void anAnswerCutShortIsAnError() {
        for (byte[] example : EXAMPLES.subList(0, 2)) {
            for (int length = 0; length < example.length; length++) {
                byte[] start = Arrays.copyOf(example, length);
                assertThat(outcome(start, length))
                        .as(new String(start, StandardCharsets.ISO_8859_1))
                        .contains("fails");
            }
        }
    }

    /** All that a reader learns, in words. */
    private static String outcome(byte[] bytes, int first) {
        Input input = new Input(new PiecesWire(bytes, first));
        StringBuilder outcome = new StringBuilder();
        ByteArrayOutputStream got = new ByteArrayOutputStream();
        try {
            ReplyHead head = ReplyHead.read(input);
            Framing framing = Framing.of("GET", head);
            outcome.append(head).append(framing).append(head.keepsOpen(Duration.ofSeconds(20)));
            Pool pool = new Pool(new HttpOptions(
                    1, Clients.SETUP, Clients.SETUP, host -> null, origin -> Optional.empty(), () -> null));
            Lease lease = new Lease(pool);
            pool.admit(lease);
            byte[] buffer = new byte[7];
            ReplyBody body = framing.body(input, lease);
            for (int count = body.read(buffer); count >= 0; count = body.read(buffer)) {
                got.write(buffer, 0, count);
            }
            outcome.append(" ends");
        } catch (IOException e) {
            outcome.append(" fails: ").append(e.getMessage());
        }
        return outcome + " after " + got.toString(StandardCharsets.ISO_8859_1);
    }
}
