package comfybucket.store.personality;

import comfybucket.store.http.Handler;
import comfybucket.store.http.Request;
import comfybucket.store.sign.Resigner;

/** Knows the first version of the list operation only, and takes the second for it. */
record ListsByV1() implements Habit {
    @Override
    public Handler around(Handler store, Resigner resigner) {
        return request -> {
            if (!Asked.listing(request) || !Asked.has(request, "list-type")) {
                return store.handle(request);
            }
            Request first = request;
            for (String unknown : new String[] {"list-type", "start-after", "continuation-token", "fetch-owner"}) {
                first = Asked.withoutParameter(first, unknown);
            }
            return store.handle(resigner.signed(request, first));
        };
    }
}
