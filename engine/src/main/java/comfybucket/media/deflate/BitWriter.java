package comfybucket.media.deflate;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/** Bits into bytes, the first bit lowest (RFC 1951, 3.1.1). */
final class BitWriter {
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private byte[] bytes;
    private int size;
    private long pending;
    private int pendingBits;

    BitWriter(int expectedBytes) {
        bytes = new byte[expectedBytes + Long.BYTES];
    }

    /** Makes room, so that {@link #put} need not look. */
    void reserve(int moreBytes) {
        int needed = Math.addExact(size, moreBytes + 2 * Long.BYTES);
        if (needed > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(needed, (int) Math.min(Integer.MAX_VALUE - 8L, bytes.length * 2L)));
        }
    }

    /**
     * The lowest {@code count} bits of {@code bits}, in which no higher bit is set; {@link #flush} must come before 57 bits
     * have gathered.
     */
    void put(long bits, int count) {
        pending |= bits << pendingBits;
        pendingBits += count;
    }

    /** Moves whole bytes out, so that fewer than 8 bits are pending. */
    void flush() {
        LONG.set(bytes, size, pending);
        size += pendingBits >>> 3;
        pending >>>= pendingBits & ~7;
        pendingBits &= 7;
    }

    /** Zero bits up to the next whole byte. */
    void align() {
        pendingBits = (pendingBits + 7) & ~7;
        flush();
    }

    /** Whole bytes; the writer must be aligned. */
    void copy(byte[] from, int start, int length) {
        reserve(length);
        System.arraycopy(from, start, bytes, size, length);
        size += length;
    }

    /** What was written, not copied. */
    ByteBuffer bytes() {
        return ByteBuffer.wrap(bytes, 0, size);
    }
}
