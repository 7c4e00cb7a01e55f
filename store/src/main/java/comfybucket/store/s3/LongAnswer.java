package comfybucket.store.s3;

import comfybucket.store.http.Body;
import comfybucket.store.http.Response;
import comfybucket.store.xml.XmlWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * An answer that takes long: as S3 does, it begins with status 200 and sends a blank now and then so that nobody gives
 * the connection up. An error is then a document with status 200.
 */
final class LongAnswer {
    private static final long BLANK_EVERY_SECONDS = 5;

    private LongAnswer() {}

    /** What takes long. */
    @FunctionalInterface
    interface Work {
        XmlWriter run() throws IOException;
    }

    static Response to(Call call, Work work) {
        return Replies.ok()
                .with("Content-Type", "application/xml")
                .with(new Body.Stream(out -> write(call, work, out)));
    }

    private static void write(Call call, Work work, OutputStream out) throws IOException {
        out.write(XmlWriter.prolog().getBytes(StandardCharsets.UTF_8));
        CompletableFuture<XmlWriter> result = new CompletableFuture<>();
        Thread.ofVirtual().name("store-long-answer").start(() -> {
            try {
                result.complete(work.run());
            } catch (IOException | RuntimeException e) {
                result.complete(Replies.errorDocument(
                        S3Handler.problem(e), call.request().path(), "-"));
            }
        });
        while (true) {
            try {
                out.write(result.get(BLANK_EVERY_SECONDS, TimeUnit.SECONDS)
                        .elements()
                        .getBytes(StandardCharsets.UTF_8));
                return;
            } catch (TimeoutException notYet) {
                out.write(' ');
            } catch (InterruptedException | ExecutionException e) {
                throw new IOException(e);
            }
        }
    }
}
