package comfybucket.media.deflate;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.Adler32;

/** A zlib stream of rows of equal length that are not compressed: stored blocks (RFC 1951, 3.2.4). */
public final class StoredRows {
    private static final int ZLIB_HEADER = 0x0178;
    private static final int ZLIB_BYTES = 6;
    private static final int BLOCK_HEADER = 5;
    private static final int LARGEST_BLOCK = 0xffff;

    private final Adler32 checksum = new Adler32();
    private final ByteBuffer out;

    /** Bytes of rows that are to come, and those of them that the block which was begun has room for. */
    private int left;

    private int room;

    /** @throws ArithmeticException when all rows together are too large for an array */
    public StoredRows(int rowBytes, int rows) {
        left = Math.multiplyExact(rowBytes, rows);
        int blocks = Math.ceilDiv(left, LARGEST_BLOCK);
        out = ByteBuffer.allocate(Math.addExact(left, ZLIB_BYTES + BLOCK_HEADER * blocks))
                .order(ByteOrder.LITTLE_ENDIAN)
                .putShort((short) ZLIB_HEADER);
    }

    public void add(byte[] row) {
        checksum.update(row);
        for (int at = 0; at < row.length; ) {
            if (room == 0) {
                beginBlock();
            }
            int count = Math.min(room, row.length - at);
            out.put(row, at, count);
            at += count;
            room -= count;
        }
    }

    private void beginBlock() {
        room = Math.min(left, LARGEST_BLOCK);
        left -= room;
        out.put((byte) (left == 0 ? 1 : 0)).putShort((short) room).putShort((short) ~room);
    }

    /** The whole stream, when all rows were added. */
    public ByteBuffer finish() {
        return out.order(ByteOrder.BIG_ENDIAN).putInt((int) checksum.getValue()).flip();
    }
}
