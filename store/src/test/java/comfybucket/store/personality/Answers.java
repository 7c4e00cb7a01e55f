package comfybucket.store.personality;

import comfybucket.store.http.Body;
import comfybucket.store.http.Request;
import comfybucket.store.http.Response;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Answers that habits give, and what they read of the store's. */
final class Answers {
    private Answers() {}

    /** An error as S3 words it; without a document for HEAD. */
    static Response error(Request request, int status, String code, String message) {
        String xml = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error><Code>" + code + "</Code><Message>" + message
                + "</Message></Error>";
        Response response = Response.of(status).with("Content-Type", "application/xml");
        return request.method().equals("HEAD")
                ? response
                : response.with(new Body.Bytes(xml.getBytes(StandardCharsets.UTF_8)));
    }

    /** All bytes of an answer, which cannot be sent any more. */
    static byte[] bytes(Response response) throws IOException {
        return switch (response.body()) {
            case Body.Bytes(byte[] bytes) -> bytes;
            case Body.FileRange(var file, long position, long length) -> {
                try (file) {
                    ByteBuffer bytes = ByteBuffer.allocate(Math.toIntExact(length));
                    while (bytes.hasRemaining() && file.read(bytes, position + bytes.position()) >= 0) {
                        // Until all is there.
                    }
                    yield bytes.array();
                }
            }
            case Body.Stream(var writer) -> {
                ByteArrayOutputStream out = new ByteArrayOutputStream();
                writer.writeTo(out);
                yield out.toByteArray();
            }
        };
    }

    /** Frees what an answer that is not sent holds. */
    static void drop(Response response) throws IOException {
        if (response.body() instanceof Body.FileRange(var file, long position, long length)) {
            file.close();
        }
    }
}
