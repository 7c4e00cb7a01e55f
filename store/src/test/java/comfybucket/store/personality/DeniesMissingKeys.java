package comfybucket.store.personality;

import comfybucket.store.http.Handler;
import comfybucket.store.http.Request;
import comfybucket.store.http.Response;
import comfybucket.store.sign.Resigner;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Tells who may not list nothing about what is there: an object that is not gets the answer of a forbidden one. */
record DeniesMissingKeys() implements Habit {
    @Override
    public Handler around(Handler store, Resigner resigner) {
        return request -> {
            Response response = store.handle(request);
            boolean reads = request.method().equals("GET") || request.method().equals("HEAD");
            return reads && Asked.anObject(request) && response.status() == 404 && !isTheBucket(request, response)
                    ? Answers.error(request, 403, "AccessDenied", "Access Denied")
                    : response;
        };
    }

    private static boolean isTheBucket(Request request, Response response) throws IOException {
        return !request.method().equals("HEAD")
                && new String(Answers.bytes(response), StandardCharsets.UTF_8).contains("NoSuchBucket");
    }
}
