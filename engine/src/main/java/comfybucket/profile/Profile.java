package comfybucket.profile;

import comfybucket.error.CloudException;
import comfybucket.error.Problem;
import comfybucket.provider.Provider;
import comfybucket.provider.ProviderKind;
import comfybucket.storage.KeyPrefix;
import comfybucket.storage.KeySpace;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * Everything that the settings say about one bucket, complete and checked. It can be printed: it shows no secret.
 *
 * @param name as users know it, {@code (env vars)} for the environment alone
 * @param keys the bucket and the prefix in it
 * @param publicBaseUrl where the bucket's objects can be read without a signature, by their full names
 * @param localFolder the folder behind a Local profile; empty for every other provider
 */
public record Profile(
        String name,
        Address address,
        KeySpace keys,
        Credentials credentials,
        Saving saving,
        Limits limits,
        boolean readOnly,
        boolean allowPickle,
        Optional<URI> publicBaseUrl,
        Optional<AutoBackup> autoBackup,
        Optional<Path> localFolder) {
    /** The bucket of a Local profile that names none. */
    static final String LOCAL_BUCKET = "comfyui";

    /** A Local profile over a folder, with nothing else said. */
    public static Profile local(Path folder) {
        Provider provider = Provider.all().stream()
                .filter(candidate -> candidate.kind() == ProviderKind.LOCAL)
                .findFirst()
                .orElseThrow();
        return new Profile(
                provider.name(),
                new Address(provider, Optional.empty(), provider.defaultRegion(), true, false, false, Optional.empty()),
                new KeySpace(LOCAL_BUCKET, KeyPrefix.NONE),
                new Credentials.LocalStore(),
                Saving.DEFAULT,
                Limits.NONE,
                false,
                false,
                Optional.empty(),
                Optional.empty(),
                Optional.of(folder));
    }

    /** The same with another way to reach the store. */
    public Profile with(Address other) {
        return new Profile(
                name,
                other,
                keys,
                credentials,
                saving,
                limits,
                readOnly,
                allowPickle,
                publicBaseUrl,
                autoBackup,
                localFolder);
    }

    public Provider provider() {
        return address.provider();
    }

    /** Where the store is, in a form that tells stores apart: an address, or a folder of this machine. */
    public String endpointName() {
        return address.endpoint()
                .map(URI::toString)
                .or(() -> localFolder.map(Path::toString))
                .orElseThrow();
    }

    /**
     * Asked before anything is written, renamed or deleted.
     *
     * @throws CloudException {@link Problem#PROFILE_READ_ONLY}
     */
    public void requireWritable() {
        if (readOnly) {
            throw new CloudException(Problem.PROFILE_READ_ONLY, Map.of("profile", name));
        }
    }
}
