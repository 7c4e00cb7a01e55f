package comfybucket.transfer;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * Lines of a journal. Each ends in its own checksum, so that one that was written in part, or over which a crash has
 * left something else, is known for what it is.
 */
final class JournalLines {
    private static final int MARK = 1 + 2 * Integer.BYTES;

    static byte[] bytes(String text) {
        return (text + " " + checksum(text) + "\n").getBytes(StandardCharsets.UTF_8);
    }

    /** The lines up to the first that is not whole. */
    static List<String> whole(byte[] journal) {
        List<String> lines = new ArrayList<>();
        String text = new String(journal, StandardCharsets.UTF_8);
        int start = 0;
        for (int end = text.indexOf('\n'); end >= 0; start = end + 1, end = text.indexOf('\n', start)) {
            int mark = end - MARK;
            if (mark < start || !text.substring(mark, end).equals(" " + checksum(text.substring(start, mark)))) {
                break;
            }
            lines.add(text.substring(start, mark));
        }
        return lines;
    }

    private static String checksum(String text) {
        CRC32C crc = new CRC32C();
        crc.update(text.getBytes(StandardCharsets.UTF_8));
        return HexFormat.of().toHexDigits((int) crc.getValue());
    }

    private JournalLines() {}
}
