package comfybucket.store.personality;

import comfybucket.store.http.Handler;
import comfybucket.store.http.Request;
import comfybucket.store.sign.Resigner;
import java.util.function.Predicate;

/** Takes requests with a header, and does as if it were not there. */
record Ignores(String header, Predicate<Request> which) implements Habit {
    static Ignores header(String name) {
        return new Ignores(name, request -> true);
    }

    @Override
    public Handler around(Handler store, Resigner resigner) {
        return request -> request.headers().has(header) && which.test(request)
                ? store.handle(resigner.signed(request, Asked.without(request, header)))
                : store.handle(request);
    }
}
