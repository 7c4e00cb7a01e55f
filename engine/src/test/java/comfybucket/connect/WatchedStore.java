package comfybucket.connect;

import comfybucket.profile.Machine;
import comfybucket.profile.ProfileRef;
import comfybucket.profile.Profiles;
import comfybucket.storage.ObjectInfo;
import comfybucket.storage.ObjectKey;
import comfybucket.storage.Payload;
import comfybucket.storage.PutOptions;
import comfybucket.store.LocalStore;
import comfybucket.store.StoreOptions;
import comfybucket.store.http.Handler;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;

/** The embedded store behind the settings of a MinIO; it notes what it is asked, and a test can stand in front of it. */
public final class WatchedStore implements AutoCloseable {
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final Path folder;
    private final LocalStore server;
    private final Buckets buckets;
    private volatile UnaryOperator<Handler> front = UnaryOperator.identity();

    /** @param folder for everything that this needs */
    public WatchedStore(Path folder) throws IOException {
        this.folder = folder;
        server = LocalStore.open(
                folder.resolve("store"),
                StoreOptions.defaults().withForce(false).withFront(this::watching));
        Map<String, String> environment = new HashMap<>();
        environment.put("COMFY_S3_PROVIDER", "MinIO");
        environment.put("COMFY_S3_ENDPOINT_URL", server.endpoint().toString());
        environment.put("COMFY_S3_ACCESS_KEY", server.accessKey());
        environment.put("COMFY_S3_SECRET_KEY", server.secretKey());
        environment.put("COMFY_S3_BUCKET", server.bucket());
        Machine machine = new Machine(environment, "Linux", folder);
        buckets = new Buckets(new Profiles(machine, folder.resolve("profiles.json"))::resolve);
    }

    private Handler watching(Handler store) {
        return request -> {
            requests.add(request.method() + " " + request.path().substring(1));
            return front.apply(store).handle(request);
        };
    }

    /** What a profile called {@code name} says beside the environment, as the members of a JSON object. */
    public ProfileRef profile(String name, String members) {
        try {
            Files.writeString(folder.resolve("profiles.json"), "{\"profiles\": {\"" + name + "\": {" + members + "}}}");
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        return new ProfileRef(name, ProfileRef.FROM_PROFILE, "", "");
    }

    /** Stands in front of the store from now on. */
    public void front(UnaryOperator<Handler> wanted) {
        front = wanted;
    }

    /** Forgets and gives the requests so far, such as {@code GET bucket/key}. */
    public List<String> takeRequests() {
        List<String> taken = List.copyOf(requests);
        requests.clear();
        return taken;
    }

    public Buckets buckets() {
        return buckets;
    }

    public Bucket bucket() {
        return buckets.open(ProfileRef.DEFAULT);
    }

    /** Stores an object, and forgets the requests. */
    public ObjectInfo put(String key, byte[] bytes) {
        ObjectKey name = new ObjectKey(key);
        bucket().store().put(name, Payload.of(bytes), PutOptions.REPLACE);
        ObjectInfo stored = bucket().store().head(name);
        requests.clear();
        return stored;
    }

    @Override
    public void close() throws IOException {
        buckets.close();
        server.close();
    }
}
