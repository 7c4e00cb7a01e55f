package comfybucket.node;

import comfybucket.connect.Bucket;
import comfybucket.storage.ObjectSummary;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/** A text that is the same as long as the same versions of the same objects stand in the same order. */
final class ListIdentity {
    static String of(Bucket bucket, List<ObjectSummary> objects) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (ObjectSummary object : objects) {
                digest.update(bucket.identity(object).getBytes(StandardCharsets.UTF_8));
                digest.update((byte) 0);
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }

    private ListIdentity() {}
}
