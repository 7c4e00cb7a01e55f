package comfybucket.models.safety;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * The beginning of a GGUF file: magic, version, and counts that the file has room for.
 *
 * @see <a href="https://github.com/ggml-org/ggml/blob/master/docs/gguf.md">The format</a>
 */
final class GgufFile {
    private static final byte[] MAGIC = "GGUF".getBytes(StandardCharsets.US_ASCII);
    private static final int NEWEST = 3;

    static void check(ModelBytes file) throws IOException {
        if (!file.startsWith(MAGIC)) {
            throw new UnfitException("does not begin like a GGUF file");
        }
        ByteBuffer version = file.read(MAGIC.length, Integer.BYTES);
        int number = version.getInt(0);
        ByteOrder order = (number & 0xFFFF) == 0 ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
        number = version.order(order).getInt(0);
        if (number < 1 || number > NEWEST) {
            throw new UnfitException("is of GGUF version " + Integer.toUnsignedString(number)
                    + ", and this program knows 1 to " + NEWEST);
        }
        boolean first = number == 1;
        int width = first ? Integer.BYTES : Long.BYTES;
        ByteBuffer counts = file.read(MAGIC.length + Integer.BYTES, 2 * width).order(order);
        long tensors = first ? Integer.toUnsignedLong(counts.getInt()) : counts.getLong();
        long pairs = first ? Integer.toUnsignedLong(counts.getInt()) : counts.getLong();
        // A tensor takes at least the length of its name, two counts of 4 bytes and its offset; a pair its key's
        // length,
        // a type and a byte.
        long leastTensor = width + 2L * Integer.BYTES + Long.BYTES;
        long leastPair = width + Integer.BYTES + 1L;
        if (tensors < 0 || pairs < 0 || tensors > file.size() / leastTensor || pairs > file.size() / leastPair) {
            throw new UnfitException("says that it has more tensors than fit into it");
        }
    }

    private GgufFile() {}
}
