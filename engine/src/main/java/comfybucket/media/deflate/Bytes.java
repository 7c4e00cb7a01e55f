package comfybucket.media.deflate;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Looks at several bytes at once. */
final class Bytes {
    /** How many bytes behind the last that counts may be read. */
    static final int READ_AHEAD = 16;

    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    /** Up to here a loop is faster than a call. */
    private static final int SHORT_COPY = 64;

    private Bytes() {}

    static int four(byte[] bytes, int at) {
        return (int) INT.get(bytes, at);
    }

    static long eight(byte[] bytes, int at) {
        return (long) LONG.get(bytes, at);
    }

    /** Copies, in steps of eight: up to 7 bytes more are read and written. */
    static void copy(byte[] from, int start, byte[] to, int at, int count) {
        if (count > SHORT_COPY) {
            System.arraycopy(from, start, to, at, count);
            return;
        }
        for (int i = 0; i < count; i += Long.BYTES) {
            LONG.set(to, at + i, eight(from, start + i));
        }
    }

    /** How many bytes from {@code a} and from {@code b} on are equal, {@code most} at most. */
    static int common(byte[] bytes, int a, int b, int most) {
        for (int length = 0; length < most; length += Long.BYTES) {
            long difference = eight(bytes, a + length) ^ eight(bytes, b + length);
            if (difference != 0) {
                return Math.min(most, length + (Long.numberOfTrailingZeros(difference) >>> 3));
            }
        }
        return most;
    }
}
