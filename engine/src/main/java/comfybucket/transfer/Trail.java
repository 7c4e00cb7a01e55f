package comfybucket.transfer;

import comfybucket.files.DiskFile;
import comfybucket.storage.ByteRange;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Hashes a file from its start on while its pieces arrive in any order, close behind them. */
final class Trail {
    private static final int BUFFER = 1 << 18;

    private final DiskFile file;
    private final Arrivals arrivals;
    private final Map<DigestKind, MessageDigest> digests = new EnumMap<>(DigestKind.class);
    private final Map<DigestKind, byte[]> results = new EnumMap<>(DigestKind.class);

    Trail(DiskFile file, Arrivals arrivals, Set<DigestKind> wanted) {
        this.file = file;
        this.arrivals = arrivals;
        wanted.forEach(kind -> digests.put(kind, kind.start()));
    }

    /** Until all pieces have come by. */
    void run() {
        if (digests.isEmpty()) {
            return;
        }
        ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
        try {
            for (int piece = 0; piece < arrivals.pieces().count(); piece++) {
                arrivals.await(piece);
                read(arrivals.pieces().range(piece), buffer);
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        digests.forEach((kind, digest) -> results.put(kind, digest.digest()));
    }

    private void read(ByteRange range, ByteBuffer buffer) throws IOException {
        long end = range.offset() + range.length();
        for (long position = range.offset(); position < end; position += buffer.limit()) {
            buffer.clear().limit((int) Math.min(buffer.capacity(), end - position));
            file.readFully(buffer, position);
            for (MessageDigest digest : digests.values()) {
                digest.update(buffer.flip());
            }
        }
    }

    /** After {@link #run}; empty for one that was not wanted. */
    Optional<byte[]> result(DigestKind kind) {
        return Optional.ofNullable(results.get(kind));
    }
}
