package comfybucket.transfer;

import comfybucket.checksum.Crc;
import comfybucket.process.ProcessMark;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * What a journal is about.
 *
 * @param version of which object, as a text that no other version of this or another object has
 * @param crc what the pieces are noted with
 * @param owner who writes the journal
 */
record JournalHeader(String version, Pieces pieces, Crc crc, ProcessMark owner) {
    private static final String KIND = "comfy-bucket-download";
    private static final int FIELDS = 10;

    /** Whether what was noted under the other header can be gone on with. */
    boolean isOfSameVersion(Journaled other) {
        JournalHeader header = other.header();
        return version.equals(header.version) && pieces.equals(header.pieces) && crc == header.crc;
    }

    /** Of one line. */
    String text() {
        return String.join(
                " ",
                KIND,
                "1",
                URLEncoder.encode(version, StandardCharsets.UTF_8),
                Long.toString(pieces.size()),
                Long.toString(pieces.segment()),
                Long.toString(pieces.length()),
                crc.name(),
                "@" + URLEncoder.encode(owner.machine(), StandardCharsets.UTF_8),
                Long.toString(owner.pid()),
                "@" + URLEncoder.encode(owner.started(), StandardCharsets.UTF_8));
    }

    /** Empty for what is no header, or one of a later version of ours. */
    static Optional<JournalHeader> parse(String text) {
        String[] fields = text.split(" ", -1);
        if (fields.length != FIELDS || !fields[0].equals(KIND) || !fields[1].equals("1")) {
            return Optional.empty();
        }
        try {
            Pieces pieces = new Pieces(Long.parseLong(fields[3]), Long.parseLong(fields[4]), Long.parseLong(fields[5]));
            ProcessMark owner = new ProcessMark(marked(fields[7]), Long.parseLong(fields[8]), marked(fields[9]));
            String version = URLDecoder.decode(fields[2], StandardCharsets.UTF_8);
            return Optional.of(new JournalHeader(version, pieces, Crc.valueOf(fields[6]), owner));
        } catch (IllegalArgumentException | IndexOutOfBoundsException garbage) {
            return Optional.empty();
        }
    }

    /** With a mark in front, since it may be empty; what an earlier version of ours wrote has none. */
    private static String marked(String field) {
        return field.startsWith("@") ? URLDecoder.decode(field.substring(1), StandardCharsets.UTF_8) : field;
    }
}
