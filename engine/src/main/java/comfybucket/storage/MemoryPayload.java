package comfybucket.storage;

import java.io.InputStream;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Objects;

/** Bytes in memory, on the heap or off it, read without copying them first. */
record MemoryPayload(MemorySegment segment) implements Payload {
    @Override
    public long length() {
        return segment.byteSize();
    }

    @Override
    public InputStream open() {
        return new SegmentStream(segment);
    }

    private static final class SegmentStream extends InputStream {
        private final MemorySegment segment;
        private long position;
        private long mark;

        SegmentStream(MemorySegment segment) {
            this.segment = segment;
        }

        @Override
        public int read() {
            return position == segment.byteSize() ? -1 : segment.get(ValueLayout.JAVA_BYTE, position++) & 0xff;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) {
            Objects.checkFromIndexSize(offset, length, buffer.length);
            int count = (int) Math.min(length, segment.byteSize() - position);
            if (count == 0 && length > 0) {
                return -1;
            }
            segment.asSlice(position, count).asByteBuffer().get(buffer, offset, count);
            position += count;
            return count;
        }

        @Override
        public long skip(long count) {
            long skipped = Math.clamp(count, 0, segment.byteSize() - position);
            position += skipped;
            return skipped;
        }

        @Override
        public int available() {
            return (int) Math.min(Integer.MAX_VALUE, segment.byteSize() - position);
        }

        @Override
        public boolean markSupported() {
            return true;
        }

        @Override
        public void mark(int readLimit) {
            mark = position;
        }

        @Override
        public void reset() {
            position = mark;
        }
    }
}
