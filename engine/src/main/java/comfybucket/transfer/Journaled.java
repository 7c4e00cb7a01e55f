package comfybucket.transfer;

import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a journal says.
 *
 * @param done the CRC of each piece that has arrived, by its index
 * @param released whether its owner has let go of the download
 */
record Journaled(JournalHeader header, Map<Integer, Long> done, boolean released) {
    private static final Pattern PIECE = Pattern.compile("piece ([0-9]{1,9}) ([0-9a-f]{16})");

    Journaled {
        done = Map.copyOf(done);
    }

    static String piece(int index, long crc) {
        return "piece " + index + " " + HexFormat.of().toHexDigits(crc);
    }

    /** Empty when not even the first line is whole. What comes after a line that is not whole did not happen. */
    static Optional<Journaled> read(byte[] journal) {
        List<String> lines = JournalLines.whole(journal);
        return lines.stream().findFirst().flatMap(JournalHeader::parse).map(header -> {
            Map<Integer, Long> done = new TreeMap<>();
            boolean released = false;
            for (String line : lines.subList(1, lines.size())) {
                Matcher piece = PIECE.matcher(line);
                if (piece.matches()
                        && Integer.parseInt(piece.group(1)) < header.pieces().count()) {
                    done.put(Integer.parseInt(piece.group(1)), Long.parseUnsignedLong(piece.group(2), 16));
                }
                released = line.equals(Journal.RELEASED);
            }
            return new Journaled(header, done, released);
        });
    }
}
