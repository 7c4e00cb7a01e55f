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
import software.amazon.awssdk.checksums.DefaultChecksumAlgorithm;
import software.amazon.awssdk.checksums.spi.ChecksumAlgorithm;
import software.amazon.awssdk.http.auth.spi.signer.PayloadChecksumStore;

/**
 * The SHA-256 of a body, computed once: it is signed with every try, so that the store refuses a damaged body, and kept
 * with the object, so that we refuse a damaged download.
 */
final class BodyHash implements PayloadChecksumStore {
    /** Where the hash is kept with the object, in lower-case hex. */
    static final String METADATA = PutOptions.SHA256;

    private final byte[] sha256;

    private BodyHash(byte[] sha256) {
        this.sha256 = sha256;
    }

    /** @throws CloudException {@link Problem#FILE_NOT_READABLE} */
    static BodyHash of(Payload payload) {
        MessageDigest digest = Digests.sha256();
        byte[] buffer = new byte[Math.clamp(payload.length(), 1, 1 << 16)];
        try (InputStream bytes = payload.open()) {
            for (int count = bytes.read(buffer); count >= 0; count = bytes.read(buffer)) {
                digest.update(buffer, 0, count);
            }
        } catch (IOException e) {
            throw new PayloadException(e).translated();
        }
        return new BodyHash(digest.digest());
    }

    String hex() {
        return HexFormat.of().formatHex(sha256);
    }

    @Override
    public byte[] getChecksumValue(ChecksumAlgorithm algorithm) {
        return containsChecksumValue(algorithm) ? sha256.clone() : null;
    }

    @Override
    public boolean containsChecksumValue(ChecksumAlgorithm algorithm) {
        return algorithm.equals(DefaultChecksumAlgorithm.SHA256);
    }

    @Override
    public byte[] putChecksumValue(ChecksumAlgorithm algorithm, byte[] checksum) {
        return containsChecksumValue(algorithm) ? sha256.clone() : null;
    }
}
