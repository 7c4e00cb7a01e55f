package comfybucket.store.personality;

import comfybucket.store.http.Handler;
import comfybucket.store.http.Request;
import comfybucket.store.sign.Resigner;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Knows a bucket by its host name only, and takes the whole path for a key. */
record BucketInHostName() implements Habit {
    private static final Pattern HOST = Pattern.compile("([a-z0-9-]+)\\.localhost(:[0-9]+)?");

    @Override
    public Handler around(Handler store, Resigner resigner) {
        return request -> {
            Matcher host = HOST.matcher(request.headers().first("Host").orElse(""));
            if (!host.matches()) {
                return Answers.error(request, 400, "InvalidRequest", "The bucket belongs into the host name.");
            }
            Request moved = Asked.with(
                    Asked.withPath(request, "/" + host.group(1) + request.path().replaceFirst("^/$", "")),
                    "Host",
                    "localhost");
            return store.handle(resigner.signed(request, moved));
        };
    }
}
