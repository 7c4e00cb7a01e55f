package comfybucket.checksum;

import java.security.MessageDigest;
import java.util.Arrays;

/**
 * HMAC-SHA256 (RFC 2104). The JDK's own needs {@code javax.crypto}, which takes many times as long to set up as it takes
 * to sign a request, and every first object waits for it.
 */
public final class Hmac {
    private static final int BLOCK = 64;
    private static final byte INNER = 0x36;
    private static final byte OUTER = 0x5c;

    /**
     * The 32 bytes that authenticate a message.
     *
     * @param key of any length
     */
    public static byte[] sha256(byte[] key, byte[] message) {
        MessageDigest digest = Digests.sha256();
        byte[] block = Arrays.copyOf(key.length > BLOCK ? digest.digest(key) : key, BLOCK);
        digest.update(mixed(block, INNER));
        byte[] inner = digest.digest(message);
        digest.update(mixed(block, OUTER));
        return digest.digest(inner);
    }

    private static byte[] mixed(byte[] block, byte pad) {
        byte[] mixed = new byte[block.length];
        for (int at = 0; at < mixed.length; at++) {
            mixed[at] = (byte) (block[at] ^ pad);
        }
        return mixed;
    }

    private Hmac() {}
}
