package comfybucket.store.personality;

import comfybucket.store.http.Handler;
import comfybucket.store.sign.Resigner;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Keeps keys as files, so that an object and a folder cannot have one name. Knows what it has stored itself. */
record NoKeyBelowKey(Set<String> stored) implements Habit {
    NoKeyBelowKey() {
        this(ConcurrentHashMap.newKeySet());
    }

    @Override
    public Handler around(Handler store, Resigner resigner) {
        return request -> {
            String path = request.path();
            if (request.method().equals("DELETE")) {
                stored.remove(path);
            } else if (Asked.write(request)) {
                if (stored.stream().anyMatch(key -> path.startsWith(key + "/"))) {
                    return Answers.error(
                            request,
                            400,
                            "XMinioParentIsObject",
                            "Object-prefix is already an object, please choose a different object-prefix name.");
                }
                if (stored.stream().anyMatch(key -> key.startsWith(path + "/"))) {
                    return Answers.error(
                            request,
                            409,
                            "XMinioObjectExistsAsDirectory",
                            "Object name already exists as a directory.");
                }
                stored.add(path);
            }
            return store.handle(request);
        };
    }
}
