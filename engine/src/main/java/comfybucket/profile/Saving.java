package comfybucket.profile;

import comfybucket.naming.OnConflict;
import comfybucket.storage.Capabilities;
import comfybucket.storage.Encryption;
import comfybucket.storage.PutOptions;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What a profile says about everything that is saved with it.
 *
 * @param tags in the order of the file
 * @param storageClass the store's own name for it
 */
public record Saving(
        Upload upload,
        OnConflict onConflict,
        Map<String, String> tags,
        Optional<String> storageClass,
        Optional<Encryption> encryption,
        Optional<String> cacheControl) {
    public static final Saving DEFAULT =
            new Saving(Upload.WAIT, OnConflict.RENAME, Map.of(), Optional.empty(), Optional.empty(), Optional.empty());

    public Saving {
        tags = Collections.unmodifiableMap(new LinkedHashMap<>(tags));
    }

    /** Adds what the profile wants to {@code base}; tags only where the store has tags. */
    public PutOptions options(PutOptions base, Capabilities store) {
        PutOptions options = !tags.isEmpty() && store.tags() ? base.withTags(tags) : base;
        options = storageClass.map(options::withStorageClass).orElse(options);
        options = encryption.map(options::withEncryption).orElse(options);
        return cacheControl.map(options::withCacheControl).orElse(options);
    }
}
