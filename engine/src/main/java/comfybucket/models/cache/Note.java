package comfybucket.models.cache;

import comfybucket.files.FileState;
import java.time.Instant;
import java.util.Optional;

/**
 * What is known of a file: that it has the bytes of one version of an object.
 *
 * @param etag of that version
 * @param size of the file in bytes
 * @param modified the file's time; a file of another size or time is another file
 * @param downloaded by us, and not adopted from others
 * @param sha256 of its bytes, if known
 * @param rule what its content was accepted under
 */
record Note(
        Origin origin,
        String etag,
        long size,
        Instant modified,
        boolean downloaded,
        Optional<String> sha256,
        String rule) {
    boolean isOf(FileState file) {
        return file.regular() && file.size() == size && file.modified().equals(modified);
    }

    Note withModified(Instant time) {
        return new Note(origin, etag, size, time, downloaded, sha256, rule);
    }

    Note withSha256(String hash) {
        return new Note(origin, etag, size, modified, downloaded, Optional.of(hash), rule);
    }

    Note withRule(String other) {
        return new Note(origin, etag, size, modified, downloaded, sha256, other);
    }
}
