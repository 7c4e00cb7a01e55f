package comfybucket.media;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/** A workflow as a PNG's text chunks: one tEXt chunk a name, which is what ComfyUI's page and Pillow look for. */
final class PngText {
    private PngText() {}

    static void write(WorkflowMetadata workflow, PngChunks out) {
        workflow.entries().forEach((name, json) -> out.add("tEXt", (name + "\0" + json).getBytes(ISO_8859_1)));
    }

    /** Every uncompressed text chunk, of which other programs write iTXt too. */
    static WorkflowMetadata read(byte[] png) {
        ByteBuffer in = ByteBuffer.wrap(png);
        SequencedMap<String, String> entries = new LinkedHashMap<>();
        int at = PngChunks.SIGNATURE.length;
        while (at + PngChunks.FRAME_BYTES <= png.length) {
            long end = at + PngChunks.FRAME_BYTES + Integer.toUnsignedLong(in.getInt(at));
            if (end > png.length) {
                break;
            }
            String type = new String(png, at + 4, 4, ISO_8859_1);
            if (type.equals("tEXt") || type.equals("iTXt")) {
                put(type, new String(png, at + 8, (int) end - at - PngChunks.FRAME_BYTES, ISO_8859_1), entries);
            }
            at = (int) end;
        }
        return WorkflowMetadata.of(entries);
    }

    private static void put(String type, String data, SequencedMap<String, String> entries) {
        int name = data.indexOf('\0');
        if (name <= 0) {
            return;
        }
        if (type.equals("tEXt")) {
            entries.putIfAbsent(data.substring(0, name), data.substring(name + 1));
            return;
        }
        // name, 0, compressed?, method, language, 0, translated name, 0, UTF-8
        int language = data.indexOf('\0', name + 3);
        int translated = data.indexOf('\0', language + 1);
        if (language > 0 && translated > language && data.charAt(name + 1) == 0) {
            String text = new String(data.substring(translated + 1).getBytes(ISO_8859_1), UTF_8);
            entries.putIfAbsent(data.substring(0, name), text);
        }
    }
}
