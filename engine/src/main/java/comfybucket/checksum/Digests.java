package comfybucket.checksum;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** The digests that every Java has. */
public final class Digests {
    public static MessageDigest sha256() {
        return named("SHA-256");
    }

    public static MessageDigest md5() {
        return named("MD5");
    }

    private static MessageDigest named(String algorithm) {
        try {
            return MessageDigest.getInstance(algorithm);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has " + algorithm, e);
        }
    }

    private Digests() {}
}
