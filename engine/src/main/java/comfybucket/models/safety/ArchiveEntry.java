package comfybucket.models.safety;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * A file in a ZIP archive, as the archive's directory describes it.
 *
 * @param name with one character for each of its bytes
 * @param compressed its bytes in the archive
 * @param size its bytes when taken out
 * @param header where its own header begins
 */
record ArchiveEntry(String name, int flags, int method, long compressed, long size, long header) {
    private static final int SIGNATURE = 0x04034b50;
    private static final int HEADER_LENGTH = 30;
    private static final int ENCRYPTED = 1;
    private static final int STORED = 0;

    /**
     * Its content. Programs that go by its own header instead of the directory must find the same, and it must not be
     * compressed, which PyTorch never does.
     */
    InputStream open(ModelBytes file) throws IOException {
        ByteBuffer local = file.read(header, HEADER_LENGTH);
        int nameLength = Short.toUnsignedInt(local.getShort(26));
        int extraLength = Short.toUnsignedInt(local.getShort(28));
        byte[] ownName = file.read(header + HEADER_LENGTH, nameLength).array();
        if (local.getInt(0) != SIGNATURE
                || Short.toUnsignedInt(local.getShort(8)) != method
                || !new String(ownName, StandardCharsets.ISO_8859_1).equals(name)) {
            throw new UnfitException("is an archive that says two things about one file");
        }
        if (method != STORED || compressed != size || ((flags | local.getShort(6)) & ENCRYPTED) != 0) {
            throw new UnfitException("is an archive that is compressed or encrypted, which PyTorch's are not");
        }
        long content = header + HEADER_LENGTH + nameLength + extraLength;
        if (size > file.size() - content) {
            throw new UnfitException("is cut off");
        }
        return file.stream(content, size);
    }
}
