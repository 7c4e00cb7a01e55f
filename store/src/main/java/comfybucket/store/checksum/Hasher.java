package comfybucket.store.checksum;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.zip.Checksum;

/** A checksum or digest being computed. */
public sealed interface Hasher {
    void update(byte[] bytes, int offset, int length);

    /** The value; the hasher is of no use afterwards. */
    byte[] finish();

    static Hasher md5() {
        return new OfDigest(Digests.md5());
    }

    static Hasher sha1() {
        return new OfDigest(Digests.sha1());
    }

    static Hasher sha256() {
        return new OfDigest(Digests.sha256());
    }

    /** A hash function. */
    record OfDigest(MessageDigest digest) implements Hasher {
        @Override
        public void update(byte[] bytes, int offset, int length) {
            digest.update(bytes, offset, length);
        }

        @Override
        public byte[] finish() {
            return digest.digest();
        }
    }

    /** A CRC, written big-endian in so many bytes. */
    record OfChecksum(Checksum checksum, int length) implements Hasher {
        @Override
        public void update(byte[] bytes, int offset, int count) {
            checksum.update(bytes, offset, count);
        }

        @Override
        public byte[] finish() {
            byte[] value = ByteBuffer.allocate(8).putLong(checksum.getValue()).array();
            return Arrays.copyOfRange(value, 8 - length, 8);
        }
    }
}
