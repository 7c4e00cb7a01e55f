package comfybucket.store.personality;

import comfybucket.store.http.Handler;
import comfybucket.store.http.Request;
import comfybucket.store.sign.Resigner;

/** Has a header of its own for writes that replace nothing, and does not heed it where an upload in parts is completed. */
record CreateOnlyByGeneration() implements Habit {
    private static final String HEADER = "x-goog-if-generation-match";

    @Override
    public Handler around(Handler store, Resigner resigner) {
        return request -> {
            Request plain = request.headers().has("If-None-Match")
                    ? resigner.signed(request, Asked.without(request, "If-None-Match"))
                    : request;
            boolean asked = plain.headers().first(HEADER).orElse("").equals("0");
            return asked && !Asked.completion(plain)
                    ? store.handle(Asked.with(plain, "If-None-Match", "*"))
                    : store.handle(plain);
        };
    }
}
