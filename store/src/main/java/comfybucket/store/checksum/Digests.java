package comfybucket.store.checksum;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** The digests that every Java runtime has to have. */
public final class Digests {
    private Digests() {}

    public static MessageDigest md5() {
        return named("MD5");
    }

    public static MessageDigest sha1() {
        return named("SHA-1");
    }

    public static MessageDigest sha256() {
        return named("SHA-256");
    }

    private static MessageDigest named(String algorithm) {
        try {
            return MessageDigest.getInstance(algorithm);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
