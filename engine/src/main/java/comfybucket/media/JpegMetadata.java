package comfybucket.media;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The workflow in a finished JPEG file, as the EXIF strings that ComfyUI puts into WebP.
 *
 * <p>A JPEG segment ends at 65,535 bytes and workflows do not. An EXIF block that is longer is cut into several APP1
 * segments, each of which begins with {@code Exif\0\0}; joined without these they are the whole block. That is how the XMP
 * specification (part 3, 2016) describes large EXIF blocks in JPEG, and how ExifTool and Pillow (since 10.2) read them.
 */
public final class JpegMetadata {
    private static final byte[] EXIF = {'E', 'x', 'i', 'f', 0, 0};
    private static final int MARKER = 0xff;
    private static final int SOI = 0xd8;
    private static final int SOS = 0xda;
    private static final int APP0 = 0xe0;
    private static final int APP1 = 0xe1;

    /** The length field is 16 bits and counts itself. */
    private static final int MOST_IN_SEGMENT = 65_535 - 2 - EXIF.length;

    private JpegMetadata() {}

    /** Bytes {@code start} (the marker's 0xff) to {@code end} of the file. */
    private record Segment(int type, int start, int end) {
        private static final int HEADER_BYTES = 4;

        boolean isExif(byte[] file) {
            int content = start + HEADER_BYTES;
            return type == APP1
                    && end - content >= EXIF.length
                    && Arrays.equals(file, content, content + EXIF.length, EXIF, 0, EXIF.length);
        }
    }

    /**
     * A copy of the JPEG with the workflow in it, or the JPEG itself when there is nothing to embed. The pixels and all
     * other segments are kept; an EXIF block that was there is replaced.
     *
     * @throws IllegalArgumentException when {@code jpeg} is not a whole JPEG file
     */
    public static byte[] insert(byte[] jpeg, WorkflowMetadata workflow) {
        List<Segment> segments = segments(jpeg);
        if (segments.isEmpty() || segments.getLast().type() != SOS) {
            throw new IllegalArgumentException("Not a JPEG file, or one that ends before its picture");
        }
        if (workflow.isEmpty()) {
            return jpeg;
        }
        byte[] exif = ExifText.write(workflow);
        ByteArrayOutputStream out = new ByteArrayOutputStream(jpeg.length + exif.length + 1024);
        out.write(MARKER);
        out.write(SOI);
        int next = 0;
        while (segments.get(next).type() == APP0) {
            copy(jpeg, segments.get(next++), out);
        }
        for (int from = 0; from < exif.length; from += MOST_IN_SEGMENT) {
            writeExif(exif, from, Math.min(MOST_IN_SEGMENT, exif.length - from), out);
        }
        for (Segment segment : segments.subList(next, segments.size() - 1)) {
            if (!segment.isExif(jpeg)) {
                copy(jpeg, segment, out);
            }
        }
        int picture = segments.getLast().start();
        out.write(jpeg, picture, jpeg.length - picture);
        return out.toByteArray();
    }

    private static void copy(byte[] jpeg, Segment segment, ByteArrayOutputStream out) {
        out.write(jpeg, segment.start(), segment.end() - segment.start());
    }

    private static void writeExif(byte[] exif, int from, int length, ByteArrayOutputStream out) {
        int counted = 2 + EXIF.length + length;
        out.write(MARKER);
        out.write(APP1);
        out.write(counted >> 8);
        out.write(counted);
        out.writeBytes(EXIF);
        out.write(exif, from, length);
    }

    /** The workflow in the file, none if it holds none or is not a JPEG. */
    static WorkflowMetadata read(byte[] jpeg) {
        ByteArrayOutputStream exif = new ByteArrayOutputStream();
        for (Segment segment : segments(jpeg)) {
            if (segment.isExif(jpeg)) {
                int content = segment.start() + Segment.HEADER_BYTES + EXIF.length;
                exif.write(jpeg, content, segment.end() - content);
            }
        }
        return ExifText.read(exif.toByteArray());
    }

    /** The segments up to and with the first SOS; fewer when the file is broken or cut off. */
    private static List<Segment> segments(byte[] jpeg) {
        List<Segment> segments = new ArrayList<>();
        if (jpeg.length < 2 || at(jpeg, 0) != MARKER || at(jpeg, 1) != SOI) {
            return segments;
        }
        int start = 2;
        while (start + Segment.HEADER_BYTES <= jpeg.length && at(jpeg, start) == MARKER) {
            int type = at(jpeg, start + 1);
            if (type == MARKER) { // a fill byte
                start++;
                continue;
            }
            int end = start + 2 + (at(jpeg, start + 2) << 8 | at(jpeg, start + 3));
            if (end < start + Segment.HEADER_BYTES || end > jpeg.length) {
                break;
            }
            segments.add(new Segment(type, start, end));
            if (type == SOS) {
                break;
            }
            start = end;
        }
        return segments;
    }

    private static int at(byte[] bytes, int index) {
        return bytes[index] & 0xff;
    }
}
