package comfybucket.store.http;

import java.io.IOException;

/** Answers requests. Behaviour is put in front of one by wrapping it in another. Called from many threads at once. */
@FunctionalInterface
public interface Handler {
    /**
     * Answers one request.
     *
     * @throws IOException when no answer can be given any more; the connection is then dropped
     */
    Response handle(Request request) throws IOException;
}
