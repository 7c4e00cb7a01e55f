package comfybucket.media;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.NavigableMap;
import java.util.SequencedMap;
import java.util.TreeMap;

/**
 * A workflow as EXIF strings in a big-endian TIFF block, byte for byte as ComfyUI's own nodes have Pillow write it: the prompt
 * in tag 0x0110 as {@code prompt:<json>}, the others from 0x010F downward as {@code <name>:<json>}.
 */
final class ExifText {
    private static final int PROMPT_TAG = 0x0110;
    private static final int ASCII = 2;
    private static final int HEADER_BYTES = 8;
    private static final int ENTRY_BYTES = 12;
    private static final int INLINE_BYTES = 4;

    private ExifText() {}

    /** The text is ASCII, so that its characters are its bytes, and ends with NUL. */
    private record Tag(int number, String text) {
        /** Long texts lie behind the directory, each at an even place. */
        int bytesBehind() {
            return text.length() <= INLINE_BYTES ? 0 : text.length() + (text.length() & 1);
        }
    }

    /** The TIFF block; names for which no tag is left (the 273rd and later) are dropped. */
    static byte[] write(WorkflowMetadata workflow) {
        List<Tag> tags = tags(workflow);
        int offset = HEADER_BYTES + 2 + tags.size() * ENTRY_BYTES + 4;
        ByteBuffer out = ByteBuffer.allocate(
                offset + tags.stream().mapToInt(Tag::bytesBehind).sum());
        out.put(new byte[] {'M', 'M', 0, 42}).putInt(HEADER_BYTES).putShort((short) tags.size());
        for (Tag tag : tags) {
            byte[] text = tag.text().getBytes(US_ASCII);
            out.putShort((short) tag.number()).putShort((short) ASCII).putInt(text.length);
            if (tag.bytesBehind() == 0) {
                out.put(Arrays.copyOf(text, INLINE_BYTES));
            } else {
                out.putInt(offset).put(offset, text);
                offset += tag.bytesBehind();
            }
        }
        return out.array();
    }

    private static List<Tag> tags(WorkflowMetadata workflow) {
        List<Tag> tags = new ArrayList<>();
        int number = workflow.prompt().isPresent() ? PROMPT_TAG : PROMPT_TAG - 1;
        for (var entry : workflow.entries().sequencedEntrySet()) {
            if (number >= 0) {
                tags.add(new Tag(number--, entry.getKey() + ":" + entry.getValue() + "\0"));
            }
        }
        tags.sort(Comparator.comparingInt(Tag::number));
        return tags;
    }

    /** Every {@code name:text} in the block's first directory; what does not make sense is passed over. */
    static WorkflowMetadata read(byte[] tiff) {
        if (tiff.length < HEADER_BYTES) {
            return WorkflowMetadata.NONE;
        }
        ByteBuffer in = ByteBuffer.wrap(tiff).order(tiff[0] == 'I' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
        long directory = Integer.toUnsignedLong(in.getInt(4));
        if (directory + 2 > tiff.length) {
            return WorkflowMetadata.NONE;
        }
        int count = Short.toUnsignedInt(in.getShort((int) directory));
        NavigableMap<Integer, String> texts = new TreeMap<>();
        for (long at = directory + 2; count > 0 && at + ENTRY_BYTES <= tiff.length; at += ENTRY_BYTES, count--) {
            int number = Short.toUnsignedInt(in.getShort((int) at));
            if (number <= PROMPT_TAG && in.getShort((int) at + 2) == ASCII) {
                texts.put(number, text(tiff, in, (int) at));
            }
        }
        return named(texts);
    }

    private static String text(byte[] tiff, ByteBuffer in, int entry) {
        long length = Integer.toUnsignedLong(in.getInt(entry + 4));
        long start = length <= INLINE_BYTES ? entry + 8 : Integer.toUnsignedLong(in.getInt(entry + 8));
        if (start + length > tiff.length) {
            return "";
        }
        String text = new String(tiff, (int) start, (int) length, ISO_8859_1);
        int end = text.indexOf('\0');
        return end < 0 ? text : text.substring(0, end);
    }

    private static WorkflowMetadata named(NavigableMap<Integer, String> texts) {
        SequencedMap<String, String> entries = new LinkedHashMap<>();
        for (String text : texts.descendingMap().values()) {
            int colon = text.indexOf(':');
            if (colon > 0) {
                entries.putIfAbsent(text.substring(0, colon), text.substring(colon + 1));
            }
        }
        return WorkflowMetadata.of(entries);
    }
}
