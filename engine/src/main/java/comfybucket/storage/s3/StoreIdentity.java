package comfybucket.storage.s3;

import comfybucket.checksum.Digests;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;

/**
 * Whom an answer about a store's quirks is good for: another endpoint, bucket or access key has to be asked anew.
 *
 * @param account the public half of the keys, or where AWS's own tools find them
 */
record StoreIdentity(URI endpoint, String bucket, String account) {
    static StoreIdentity of(S3Connection connection) {
        return new StoreIdentity(
                connection.endpoint(),
                connection.bucket(),
                connection.credentials().account());
    }

    /** By hand, as those of an {@link S3Connection}. */
    @Override
    public boolean equals(Object other) {
        return other instanceof StoreIdentity that
                && endpoint.equals(that.endpoint)
                && bucket.equals(that.bucket)
                && account.equals(that.account);
    }

    @Override
    public int hashCode() {
        return (31 * endpoint.hashCode() + bucket.hashCode()) * 31 + account.hashCode();
    }

    /** Where people see what it is about. */
    String place() {
        return endpoint + "/" + bucket;
    }

    /** A name for a file that tells nobody the access key. */
    String fileName() {
        MessageDigest digest = Digests.sha256();
        byte[] hash = digest.digest(String.join("\n", place(), account).getBytes(StandardCharsets.UTF_8));
        return HexFormat.of().formatHex(hash, 0, 16) + ".json";
    }
}
