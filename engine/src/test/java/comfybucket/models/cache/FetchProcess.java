package comfybucket.models.cache;

import comfybucket.connect.Bucket;
import comfybucket.connect.Buckets;
import comfybucket.files.BottomlessDisk;
import comfybucket.files.SystemDisk;
import comfybucket.profile.Address;
import comfybucket.profile.Credentials;
import comfybucket.profile.Profile;
import comfybucket.profile.ProfileRef;
import comfybucket.profile.Secret;
import comfybucket.provider.Provider;
import comfybucket.storage.KeySpace;
import comfybucket.storage.ObjectKey;
import comfybucket.store.LocalStore;
import comfybucket.transfer.Download;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A process that fetches models from a store on this machine, one after another, and says of each what became of it. With
 * one more argument they may be larger than the disk, and come in pieces of the usual length.
 */
final class FetchProcess {
    static final int PIECE = 64 << 10;

    public static void main(String[] args) {
        String endpoint = args[0];
        Path folder = Path.of(args[3]);
        int models = Integer.parseInt(args[4]);
        boolean large = args.length > 5;
        ModelCache cache =
                large ? new ModelCache(new BottomlessDisk(), Download.PIECE) : new ModelCache(new SystemDisk(), PIECE);
        try (Buckets buckets = new Buckets(chosen -> profile(URI.create(endpoint), args[1], args[2]))) {
            Bucket bucket = buckets.open(ProfileRef.DEFAULT);
            for (int i = 0; i < models; i++) {
                ModelFile model = cache.fetch(
                        bucket,
                        key(i),
                        ModelPlace.of(folder),
                        FetchOptions.USUAL,
                        (done, total) -> System.out.println("at " + done));
                System.out.println(model.outcome() + " " + model.path());
            }
        }
    }

    /** What starts one, to which more arguments can be added. */
    static List<String> command(String heap, LocalStore store, Path folder, int models) {
        return new ArrayList<>(List.of(
                ProcessHandle.current().info().command().orElseThrow(),
                "-XX:TieredStopAtLevel=1",
                heap,
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                FetchProcess.class.getName(),
                store.endpoint().toString(),
                store.accessKey(),
                store.secretKey(),
                folder.toString(),
                Integer.toString(models)));
    }

    static ObjectKey key(int model) {
        return new ObjectKey("models/" + model + ".safetensors");
    }

    static Profile profile(URI endpoint, String accessKey, String secretKey) {
        Profile local = Profile.local(Path.of("unused"));
        return profile(local.provider(), local.keys(), endpoint, accessKey, secretKey);
    }

    static Profile profile(Provider provider, KeySpace keys, URI endpoint, String accessKey, String secretKey) {
        Profile local = Profile.local(Path.of("unused"));
        return new Profile(
                "remote",
                new Address(provider, Optional.of(endpoint), "us-east-1", true, false, false, Optional.empty()),
                keys,
                new Credentials.Static(accessKey, new Secret(secretKey), Optional.empty()),
                local.saving(),
                local.limits(),
                false,
                false,
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    private FetchProcess() {}
}
