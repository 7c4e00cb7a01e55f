package comfybucket.store.personality;

import comfybucket.store.http.Handler;
import comfybucket.store.sign.Resigner;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Answers the first conditional write of a key as one that met another. */
record ConditionalConflicts(Set<String> met) implements Habit {
    ConditionalConflicts() {
        this(ConcurrentHashMap.newKeySet());
    }

    @Override
    public Handler around(Handler store, Resigner resigner) {
        return request -> {
            boolean conditional = request.headers().has("If-None-Match") && Asked.write(request);
            if (conditional && met.add(request.path())) {
                request.body().readAllBytes();
                return Answers.error(
                        request,
                        409,
                        "ConditionalRequestConflict",
                        "The conditional request cannot succeed due to a conflicting operation against this resource.");
            }
            return store.handle(request);
        };
    }
}
