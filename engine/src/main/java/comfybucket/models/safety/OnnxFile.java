package comfybucket.models.safety;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Map;

/**
 * The outermost message of an ONNX file, a {@code ModelProto}: known fields of the right kind, which fill the file to its
 * last byte, with a version and a graph among them.
 *
 * @see <a href="https://github.com/onnx/onnx/blob/main/onnx/onnx.proto">The format</a>
 */
final class OnnxFile {
    private static final int VARINT = 0;
    private static final int LENGTH_DELIMITED = 2;

    private static final int IR_VERSION = 1;
    private static final int GRAPH = 7;

    /** Field number to wire type. */
    private static final Map<Long, Integer> FIELDS = Map.ofEntries(
            Map.entry((long) IR_VERSION, VARINT),
            Map.entry(2L, LENGTH_DELIMITED), // producer_name
            Map.entry(3L, LENGTH_DELIMITED), // producer_version
            Map.entry(4L, LENGTH_DELIMITED), // domain
            Map.entry(5L, VARINT), // model_version
            Map.entry(6L, LENGTH_DELIMITED), // doc_string
            Map.entry((long) GRAPH, LENGTH_DELIMITED),
            Map.entry(8L, LENGTH_DELIMITED), // opset_import
            Map.entry(14L, LENGTH_DELIMITED), // metadata_props
            Map.entry(20L, LENGTH_DELIMITED), // training_info
            Map.entry(25L, LENGTH_DELIMITED), // functions
            Map.entry(26L, LENGTH_DELIMITED)); // configuration

    private static final int MOST_FIELDS = 1_000_000;
    private static final long NEWEST_IR = 1000;

    private final ModelBytes file;
    private long position;

    private OnnxFile(ModelBytes file) {
        this.file = file;
    }

    static void check(ModelBytes file) throws IOException {
        new OnnxFile(file).walk();
    }

    private void walk() throws IOException {
        boolean versionSeen = false;
        boolean graphSeen = false;
        for (int count = 0; position < file.size(); count++) {
            long tag = varint();
            long field = tag >>> 3;
            if (count == MOST_FIELDS || !Integer.valueOf((int) (tag & 7)).equals(FIELDS.get(field))) {
                throw new UnfitException("is not an ONNX model inside");
            }
            long value = varint();
            if ((tag & 7) == LENGTH_DELIMITED) {
                if (value < 0 || value > file.size() - position) {
                    throw new EOFException();
                }
                position += value;
            }
            versionSeen |= field == IR_VERSION && value > 0 && value <= NEWEST_IR;
            graphSeen |= field == GRAPH && value > 0;
        }
        if (!versionSeen || !graphSeen) {
            throw new UnfitException("has no ONNX graph in it");
        }
    }

    private long varint() throws IOException {
        ByteBuffer bytes = file.read(position, (int) Math.min(10, file.size() - position));
        long value = 0;
        for (int shift = 0; bytes.hasRemaining() && shift < Long.SIZE; shift += 7) {
            byte next = bytes.get();
            position++;
            value |= (next & 0x7FL) << shift;
            if (next >= 0) {
                return value;
            }
        }
        throw new UnfitException("is not an ONNX model inside");
    }
}
