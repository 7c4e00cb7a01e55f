package comfybucket.store.personality;

import comfybucket.store.http.Handler;
import comfybucket.store.sign.Resigner;

/** Has a front end that changes Accept-Encoding before the signature is looked at. */
record RewritesAcceptEncoding() implements Habit {
    @Override
    public Handler around(Handler store, Resigner resigner) {
        return request -> request.headers().has("Accept-Encoding")
                ? store.handle(Asked.with(
                        request,
                        "Accept-Encoding",
                        request.headers().first("Accept-Encoding").orElseThrow() + ",gzip(front)"))
                : store.handle(request);
    }
}
