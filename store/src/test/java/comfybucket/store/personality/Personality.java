package comfybucket.store.personality;

import comfybucket.store.LocalStore;
import comfybucket.store.StoreOptions;
import comfybucket.store.http.Handler;
import comfybucket.store.sign.Resigner;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;

/** A provider as it is known to behave. What is only reported of it is taken for true here. */
public enum Personality {
    AWS_S3("AWS S3"),
    BACKBLAZE_B2("Backblaze B2"),
    CLOUDFLARE_R2("Cloudflare R2"),
    MINIO("MinIO"),
    WASABI("Wasabi"),
    DIGITALOCEAN_SPACES("DigitalOcean Spaces"),
    GCS("GCS (S3 interop)"),
    /** A store of one's own, of the kind that can do the least. */
    CUSTOM("Custom");

    private final String provider;

    Personality(String provider) {
        this.provider = provider;
    }

    /** The provider's name, as users write it. */
    public String provider() {
        return provider;
    }

    /** The personality of the provider of that name. */
    public static Personality of(String provider) {
        return Stream.of(values())
                .filter(personality -> personality.provider.equals(provider))
                .findFirst()
                .orElseThrow();
    }

    /** Whether it takes the bucket in the path of an address. */
    public boolean pathStyle() {
        return Habits.of(this).stream().noneMatch(BucketInHostName.class::isInstance);
    }

    /** Where a store that {@link #serve} gave answers, under a name that has room for a bucket where it needs to. */
    public URI endpoint(LocalStore store) {
        return pathStyle()
                ? store.endpoint()
                : URI.create(store.endpoint().toString().replace("127.0.0.1", "localhost"));
    }

    /** Serves a folder as this provider would; nothing is forced to disk. */
    public LocalStore serve(Path folder) throws IOException {
        AtomicReference<Handler> front = new AtomicReference<>();
        LocalStore store =
                LocalStore.open(folder, StoreOptions.defaults().withForce(false).withFront(inner -> {
                    front.set(inner);
                    return request -> front.get().handle(request);
                }));
        Resigner resigner = new Resigner(store.accessKey(), store.secretKey());
        Handler handler = front.get();
        for (Habit habit : Habits.of(this).reversed()) {
            handler = habit.around(handler, resigner);
        }
        front.set(handler);
        return store;
    }
}
