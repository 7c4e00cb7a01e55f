package comfybucket.store.personality;

import comfybucket.store.http.Handler;
import comfybucket.store.sign.Resigner;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/** Deletes fewer objects at once than S3 allows. */
record BulkDeleteLimit(int objects) implements Habit {
    private static final Pattern OBJECT = Pattern.compile("<Object>");

    @Override
    public Handler around(Handler store, Resigner resigner) {
        return request -> {
            if (!Asked.bulkDelete(request)) {
                return store.handle(request);
            }
            byte[] body = request.body().readAllBytes();
            long count = OBJECT.matcher(new String(body, StandardCharsets.UTF_8))
                    .results()
                    .count();
            return count > objects
                    ? Answers.error(request, 400, "MalformedXML", "Too many objects to delete at once.")
                    : store.handle(Asked.withBody(request, body));
        };
    }
}
