package comfybucket.outbox;

import comfybucket.assurance.Assurance;
import comfybucket.connect.Bucket;
import comfybucket.connect.Buckets;
import comfybucket.naming.Counters;
import comfybucket.naming.Namer;
import comfybucket.naming.OnConflict;
import comfybucket.naming.OtherNames;
import comfybucket.naming.SpareName;
import comfybucket.process.ProcessMark;
import comfybucket.profile.Machine;
import comfybucket.profile.ProfileRef;
import comfybucket.profile.Profiles;
import comfybucket.storage.GetOptions;
import comfybucket.storage.KeyPrefix;
import comfybucket.storage.ListPage;
import comfybucket.storage.ListRequest;
import comfybucket.storage.ObjectContent;
import comfybucket.storage.ObjectKey;
import comfybucket.store.LocalStore;
import comfybucket.store.StoreOptions;
import comfybucket.store.http.Handler;
import comfybucket.store.http.Request;
import comfybucket.store.http.Response;
import comfybucket.store.personality.Personality;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;

/**
 * A machine with an outbox that several processes of it share, and the embedded store as what they save to. The
 * processes are parts of this one; one of them dies when the test says so: nobody tells it, it is only no longer there
 * for the others.
 */
final class Home implements AutoCloseable {
    /** What becomes of a request. */
    interface Front {
        Response answer(Request request, Handler store) throws IOException;
    }

    static final Front OPEN = (request, store) -> store.handle(request);

    /** As if nobody listened. */
    static final Front CLOSED = (request, store) -> {
        throw new IOException("closed");
    };

    private static final AtomicLong PIDS = new AtomicLong(1);

    final Path folder;
    final Path root;
    final Map<String, String> environment = new HashMap<>();
    final List<Notice> notices = new CopyOnWriteArrayList<>();
    volatile Front front = OPEN;
    private final List<Life> lives = new CopyOnWriteArrayList<>();
    private final Set<Long> alive = ConcurrentHashMap.newKeySet();
    private final LocalStore store;
    private final Buckets buckets;

    /** @param provider {@code MinIO} writes conditionally, {@code Custom} is not known to */
    Home(Path folder, String provider) throws IOException {
        this.folder = folder;
        this.root = folder.resolve("settings").resolve("outbox");
        this.store = LocalStore.open(
                folder.resolve("bucket"),
                StoreOptions.defaults().withForce(false).withFront(inner -> request -> front.answer(request, inner)));
        this.buckets = settle(provider);
    }

    /** With a store that has a provider's habits; it has no {@link #front}. */
    Home(Path folder, Personality personality) throws IOException {
        this.folder = folder;
        this.root = folder.resolve("settings").resolve("outbox");
        this.store = personality.serve(folder.resolve("bucket"));
        this.buckets = settle(personality.provider());
    }

    private Buckets settle(String provider) {
        environment.put("COMFY_S3_PROVIDER", provider);
        environment.put("COMFY_S3_ENDPOINT_URL", store.endpoint().toString());
        environment.put("COMFY_S3_ACCESS_KEY", store.accessKey());
        environment.put("COMFY_S3_SECRET_KEY", store.secretKey());
        environment.put("COMFY_S3_BUCKET", store.bucket());
        return new Buckets(
                chosen -> new Profiles(new Machine(environment, "Linux", folder), folder.resolve("profiles.json"))
                        .resolve(chosen));
    }

    /** A process of its own. */
    final class Life {
        final long pid = PIDS.incrementAndGet();
        final Namer namer = new Namer(Clock.system(ZoneOffset.UTC), new SecureRandom(), Counters.inMemory());
        final Outbox outbox;

        Life() {
            alive.add(pid);
            outbox = new Outbox(root, buckets::open, namer, notices::add, surroundings(pid));
        }

        /** From now on others take it for dead; what it does it goes on with. */
        void dies() {
            alive.remove(pid);
        }

        private OtherNames others(SpareName spare) {
            return new OtherNames() {
                @Override
                public ObjectKey another() {
                    return namer.another(spare);
                }

                @Override
                public SpareName spare() {
                    return spare;
                }
            };
        }

        Accepted accept(String key, byte[] bytes, OnConflict onConflict, boolean renames) {
            ObjectKey name = new ObjectKey(key);
            String ending = key.contains(".") ? key.substring(key.lastIndexOf('.')) : "";
            return outbox.accept(new Draft(
                    ProfileRef.DEFAULT,
                    bucket(),
                    name,
                    renames ? Optional.of(others(new SpareName(name, ending))) : Optional.empty(),
                    onConflict,
                    "text/plain",
                    new Source.Bytes(MemorySegment.ofArray(bytes), "txt")));
        }
    }

    Life life() {
        Life life = new Life();
        lives.add(life);
        return life;
    }

    private Surroundings surroundings(long pid) {
        return new Surroundings(
                new ProcessMark("here", pid, ""),
                mark -> alive.contains(mark.pid()) ? ProcessMark.Life.RUNS : ProcessMark.Life.ENDED,
                false,
                // Often, so that tests are quick, but not in long runs: the folder is read each time.
                Assurance.isLong() ? Duration.ofSeconds(10) : Duration.ofMillis(500));
    }

    Bucket bucket() {
        return buckets.open(ProfileRef.DEFAULT);
    }

    List<String> keys() {
        List<String> keys = new ArrayList<>();
        for (ListPage page : bucket().store().list(ListRequest.all(KeyPrefix.NONE))) {
            page.objects().forEach(object -> keys.add(object.key().value()));
        }
        return keys;
    }

    byte[] read(String key) throws IOException {
        try (ObjectContent content = bucket().store().get(new ObjectKey(key), GetOptions.WHOLE)) {
            return content.bytes().readAllBytes();
        }
    }

    /** The names of the files in the outbox. */
    List<String> files() {
        String[] names = root.toFile().list();
        return names == null ? List.of() : List.of(names);
    }

    static void await(BooleanSupplier condition) throws InterruptedException {
        // A long run shares its machine with others.
        long end = System.nanoTime()
                + Duration.ofMinutes(Assurance.isLong() ? 15 : 1).toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("It does not come to that");
            }
            Thread.sleep(5);
        }
    }

    @Override
    public void close() throws IOException {
        lives.forEach(life -> life.outbox.close(Duration.ZERO));
        buckets.close();
        store.close();
    }
}
