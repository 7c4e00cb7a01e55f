package comfybucket.models.safety;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Makes files byte by byte, and channels of them. */
final class Bytes {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    static Bytes of() {
        return new Bytes();
    }

    /** Characters are bytes. */
    Bytes text(String text) {
        out.writeBytes(text.getBytes(StandardCharsets.ISO_8859_1));
        return this;
    }

    Bytes utf8(String text) {
        out.writeBytes(text.getBytes(StandardCharsets.UTF_8));
        return this;
    }

    Bytes hex(String digits) {
        return bytes(HexFormat.of().parseHex(digits.replace(" ", "")));
    }

    Bytes bytes(byte[] more) {
        out.writeBytes(more);
        return this;
    }

    Bytes int32(long number) {
        return bytes(ByteBuffer.allocate(4)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt((int) number)
                .array());
    }

    Bytes int64(long number) {
        return bytes(ByteBuffer.allocate(8)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(number)
                .array());
    }

    byte[] done() {
        return out.toByteArray();
    }

    /** A ZIP archive with its files stored as they are; names and contents in turn. */
    static byte[] zip(Object... files) {
        ByteArrayOutputStream archive = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(archive)) {
            for (int i = 0; i < files.length; i += 2) {
                byte[] content = (byte[]) files[i + 1];
                ZipEntry entry = new ZipEntry((String) files[i]);
                entry.setMethod(ZipEntry.STORED);
                entry.setSize(content.length);
                CRC32 crc = new CRC32();
                crc.update(content);
                entry.setCrc(crc.getValue());
                zip.putNextEntry(entry);
                zip.write(content);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return archive.toByteArray();
    }

    static SeekableByteChannel channel(byte[] content) {
        return new SeekableByteChannel() {
            private int position;

            @Override
            public int read(ByteBuffer target) {
                if (position >= content.length) {
                    return -1;
                }
                int count = Math.min(target.remaining(), content.length - position);
                target.put(content, position, count);
                position += count;
                return count;
            }

            @Override
            public int write(ByteBuffer source) {
                throw new UnsupportedOperationException();
            }

            @Override
            public long position() {
                return position;
            }

            @Override
            public SeekableByteChannel position(long wanted) {
                position = Math.toIntExact(wanted);
                return this;
            }

            @Override
            public long size() {
                return content.length;
            }

            @Override
            public SeekableByteChannel truncate(long length) {
                throw new UnsupportedOperationException();
            }

            @Override
            public boolean isOpen() {
                return true;
            }

            @Override
            public void close() {}
        };
    }
}
