package comfybucket.connect;

import comfybucket.error.CloudException;
import comfybucket.error.Problem;
import comfybucket.local.LocalStores;
import comfybucket.profile.Profile;
import comfybucket.profile.ProfileRef;
import comfybucket.storage.ObjectStore;
import comfybucket.storage.s3.Findings;
import comfybucket.storage.s3.S3Connection;
import comfybucket.storage.s3.S3Store;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * Opens the bucket that a profile names. Settings are read anew each time; a connection is kept and shared by everybody
 * with the same settings, so a changed key takes effect on the next call and costs nothing otherwise.
 */
public final class Buckets implements AutoCloseable {
    private final Function<ProfileRef, Profile> settings;
    private final Connections connections = new Connections(new LocalStores());
    private final Map<S3Connection, ObjectStore> open = new ConcurrentHashMap<>();

    /** Apart, because here it may not be tried out what the store can do. */
    private final Map<S3Connection, ObjectStore> openForReading = new ConcurrentHashMap<>();

    private final Findings findings;

    /**
     * What stores show about themselves is forgotten with this object.
     *
     * @param settings what the settings and a node's choices come to, read anew at each call
     */
    public Buckets(Function<ProfileRef, Profile> settings) {
        this(settings, Findings.inMemory());
    }

    private Buckets(Function<ProfileRef, Profile> settings, Findings findings) {
        this.settings = settings;
        this.findings = findings;
    }

    /** The same with a folder in which it is kept what stores have shown about themselves. */
    public static Buckets remembering(Function<ProfileRef, Profile> settings, Path folder) {
        return new Buckets(settings, Findings.in(folder));
    }

    /** The same, but what was kept is not believed, and corrected. */
    public static Buckets doubting(Function<ProfileRef, Profile> settings, Path folder) {
        return new Buckets(settings, Findings.anewIn(folder));
    }

    public Bucket open(ProfileRef chosen) {
        Profile profile = settings.apply(chosen);
        return new Bucket(
                profile, store(profile, connections.of(profile)), store(profile, connections.forLinks(profile)));
    }

    /**
     * Runs the store of a Local profile until {@link #close}.
     *
     * @throws CloudException {@link Problem#INPUT_NOT_USABLE} for a profile of another provider
     */
    public LocalServer serve(ProfileRef chosen) {
        Profile profile = settings.apply(chosen);
        if (profile.localFolder().isEmpty()) {
            throw new CloudException(
                    Problem.INPUT_NOT_USABLE,
                    Map.of(
                            "input", "profile",
                            "reason",
                                    profile.name() + " is for "
                                            + profile.provider().name(),
                            "allowed", "a profile of the provider Local, or name a folder"));
        }
        return connections.serve(profile);
    }

    private ObjectStore store(Profile profile, S3Connection connection) {
        Map<S3Connection, ObjectStore> alike = profile.readOnly() ? openForReading : open;
        return alike.computeIfAbsent(
                connection, absent -> S3Store.open(connection, Connections.doubts(profile, findings)));
    }

    /** Succeeds if the settings are complete and agree with each other; asks no store. */
    public void check(ProfileRef chosen) {
        var _ = settings.apply(chosen);
    }

    @Override
    public void close() {
        open.values().forEach(ObjectStore::close);
        openForReading.values().forEach(ObjectStore::close);
        connections.close();
    }
}
