package comfybucket.transfer;

import comfybucket.connect.Bucket;
import comfybucket.files.Disk;
import comfybucket.files.DiskFile;
import comfybucket.storage.ObjectInfo;
import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.Set;

/** Whether a file that somebody else made has the bytes of an object. */
public final class Comparison {
    /**
     * By the size, and what was noted of the bytes when they were stored; without that, nothing is the same.
     *
     * @throws java.util.concurrent.CancellationException when this thread is interrupted
     */
    public static boolean same(Bucket bucket, ObjectInfo object, Path path, Disk disk) throws IOException {
        try (DiskFile file = disk.read(path)) {
            if (file.size() != object.size()) {
                return false;
            }
            Plan plan = Plan.of(object, bucket.store(), Pieces.USUAL);
            return switch (plan.proof()) {
                case Proof.None none -> false;
                case Proof.OfPieces ofPieces -> ofPieces.holds(arrivals(plan, file));
                case Proof.OfBytes(DigestKind kind, String noted) ->
                    new Proof.OfBytes(kind, noted).holds(digest(plan.pieces(), file, kind));
            };
        }
    }

    /** Of all bytes, in lower-case hex. */
    public static String sha256(Path path, Disk disk) throws IOException {
        try (DiskFile file = disk.read(path)) {
            Pieces pieces = Pieces.of(file.size(), Pieces.USUAL);
            return HexFormat.of().formatHex(digest(pieces, file, DigestKind.SHA256));
        }
    }

    private static Arrivals arrivals(Plan plan, DiskFile file) {
        Arrivals arrivals = new Arrivals(plan.pieces());
        try (Crew readers = new Crew(PieceReader.WIDTH)) {
            for (int i = 0; i < plan.pieces().count(); i++) {
                int piece = i;
                readers.start(() -> arrivals.arrived(piece, PieceReader.crc(file, plan, piece)));
            }
            readers.join();
        }
        return arrivals;
    }

    private static byte[] digest(Pieces pieces, DiskFile file, DigestKind kind) {
        Arrivals arrivals = new Arrivals(pieces);
        for (int piece = 0; piece < pieces.count(); piece++) {
            arrivals.arrived(piece, 0);
        }
        Set<DigestKind> wanted = EnumSet.of(kind);
        Trail trail = new Trail(file, arrivals, wanted);
        trail.run();
        return trail.result(kind).orElseThrow();
    }

    private Comparison() {}
}
