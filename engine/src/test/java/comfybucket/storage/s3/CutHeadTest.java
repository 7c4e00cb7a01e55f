package comfybucket.storage.s3;

import static org.assertj.core.api.Assertions.assertThat;

import comfybucket.error.CloudException;
import comfybucket.storage.ObjectInfo;
import comfybucket.storage.ObjectKey;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** An answer to HEAD has no body that would show that it is not all there. */
class CutHeadTest {
    private static final String ANSWER = """
            HTTP/1.1 200 OK
            x-amz-meta-name: value
            x-amz-version-id: 1234567
            Last-Modified: Wed, 01 Jan 2025 00:00:00 GMT
            ETag: "abcdef-12"
            Content-Length: 1234567

            """.replace("\n", "\r\n");

    @Test
    void anAnswerThatIsCutAnywhereIsNoAnswer() throws Exception {
        List<Future<String>> cuts = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int cut = 0; cut < ANSWER.length(); cut++) {
                String part = ANSWER.substring(0, cut);
                cuts.add(threads.submit(() -> outcome(part)));
            }
        }
        for (int cut = 0; cut < cuts.size(); cut++) {
            assertThat(cuts.get(cut).get())
                    .as("cut after %s", ANSWER.substring(0, cut))
                    .isEqualTo("refused");
        }
        assertThat(outcome(ANSWER)).contains("size=1234567", "1234567]", "abcdef-12");
    }

    private static String outcome(String answer) {
        RawServer.Script script = (request, out) -> {
            out.write(answer.getBytes(StandardCharsets.ISO_8859_1));
            out.flush();
            throw new RawServer.Hangup();
        };
        try (RawServer server = new RawServer(script);
                S3Store store = Connections.impatient(Connections.to(server.uri(), "bucket", "access", "secret"))) {
            ObjectInfo info = store.head(new ObjectKey("key"));
            return info.toString();
        } catch (CloudException refused) {
            return "refused";
        }
    }
}
