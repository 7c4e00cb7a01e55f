package comfybucket.models.cache;

import comfybucket.connect.Bucket;
import comfybucket.error.CloudException;
import comfybucket.error.Problem;
import comfybucket.files.Disk;
import comfybucket.files.DiskFile;
import comfybucket.storage.ObjectInfo;
import comfybucket.storage.ObjectKey;
import comfybucket.storage.PutOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** The model that is asked for, and what must be true of its bytes. */
record Wanted(Bucket bucket, ObjectKey key, FetchOptions options, Disk disk) {
    Origin origin() {
        return Origin.of(bucket, key);
    }

    /** The SHA-256 that was noted when the object was stored. */
    static Optional<String> sha256(ObjectInfo object) {
        return Optional.ofNullable(object.metadata().get(PutOptions.SHA256));
    }

    /** @throws CloudException {@link Problem#MODEL_HASH_MISMATCH} when another one is asked for */
    void requireSha256(String actual) {
        if (options.sha256().filter(expected -> !expected.equals(actual)).isPresent()) {
            throw new CloudException(
                    Problem.MODEL_HASH_MISMATCH,
                    Map.of(
                            "uri", bucket.keys().uri(key),
                            "expected", options.sha256().get(),
                            "actual", actual));
        }
    }

    /** @throws CloudException what the check refuses */
    void check(Path path) throws IOException {
        try (DiskFile file = disk.read(path)) {
            options.check().whole(new ReadChannel(file));
        }
    }

    /** @param downloaded by us, and not adopted from others */
    Note note(ObjectInfo object, Instant modified, boolean downloaded, Optional<String> sha256) {
        return new Note(
                origin(),
                object.etag().value(),
                object.size(),
                modified,
                downloaded,
                sha256,
                options.check().rule());
    }
}
