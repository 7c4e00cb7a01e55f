package comfybucket.store.personality;

import comfybucket.store.http.Handler;
import comfybucket.store.sign.Resigner;

/** Compares If-Match with an ETag that has no quotes. */
record UnquotedIfMatch() implements Habit {
    @Override
    public Handler around(Handler store, Resigner resigner) {
        return request -> {
            String wanted = request.headers().first("If-Match").orElse("");
            if (wanted.isEmpty()) {
                return store.handle(request);
            }
            return wanted.startsWith("\"")
                    ? Answers.error(request, 412, "PreconditionFailed", "If-Match did not match.")
                    : store.handle(resigner.signed(request, Asked.with(request, "If-Match", '"' + wanted + '"')));
        };
    }
}
