package comfybucket.storage.s3;

import comfybucket.checksum.Digests;
import comfybucket.error.CloudException;
import comfybucket.error.Problem;
import comfybucket.storage.Payload;
import comfybucket.storage.PutOptions;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.HexFormat;

/**
 * The SHA-256 of a body, computed once: it is signed with every try, so that the store refuses a damaged body, and kept
 * with the object, so that we refuse a damaged download.
 *
 * @param hex in lower case
 */
record BodyHash(String hex) {
    /** Where the hash is kept with the object. */
    static final String METADATA = PutOptions.SHA256;

    private static final int BUFFER = 1 << 16;

    /** @throws CloudException {@link Problem#FILE_NOT_READABLE} */
    static BodyHash of(Payload payload) {
        if (payload.sha256().isPresent()) {
            return new BodyHash(payload.sha256().get());
        }
        try (InputStream bytes = payload.open()) {
            return of(bytes, Math.clamp(payload.length(), 1, BUFFER));
        } catch (IOException e) {
            throw new PayloadException(e).translated();
        }
    }

    /** @param buffer how many bytes are read at a time */
    static BodyHash of(InputStream bytes, int buffer) throws IOException {
        MessageDigest digest = Digests.sha256();
        byte[] piece = new byte[buffer];
        for (int count = bytes.read(piece); count >= 0; count = bytes.read(piece)) {
            digest.update(piece, 0, count);
        }
        return new BodyHash(HexFormat.of().formatHex(digest.digest()));
    }
}
