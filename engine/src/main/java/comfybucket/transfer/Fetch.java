package comfybucket.transfer;

import comfybucket.connect.Bucket;
import comfybucket.error.CloudException;
import comfybucket.error.Problem;
import comfybucket.files.Disk;
import comfybucket.files.DiskFile;
import comfybucket.storage.ObjectInfo;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;

/** Gets all bytes of one version of an object into an unfinished file, and makes sure that they are the right ones. */
final class Fetch {
    private final Bucket bucket;
    private final ObjectInfo object;
    private final Plan plan;
    private final Pieces pieces;
    private final Arrivals arrivals;
    private final Unfinished unfinished;
    private final DiskFile file;
    private final Disk disk;

    Fetch(Bucket bucket, ObjectInfo object, Plan plan, Unfinished unfinished, Disk disk) {
        this.bucket = bucket;
        this.object = object;
        this.plan = plan;
        this.pieces = plan.pieces();
        this.arrivals = new Arrivals(pieces);
        this.unfinished = unfinished;
        this.file = unfinished.file();
        this.disk = disk;
    }

    /**
     * @return the SHA-256, if it was computed
     * @throws CloudException {@link Problem#CHECKSUM_MISMATCH} when the bytes came damaged twice
     */
    Optional<String> run(TransferProgress progress, Beginning beginning, boolean wantsSha256) throws IOException {
        Meter meter = new Meter(progress, object.size());
        Set<DigestKind> digests = digests(wantsSha256);
        try (Flusher flusher = new Flusher(file, object.size())) {
            Reception reception = new Reception(beginning, meter, flusher);
            recheck(meter);
            requireRoom();
            if (pieces.count() == 0 || arrivals.has(0)) {
                reception.look();
            }
            Trail trail = fetch(reception, digests);
            if (!holds(trail)) {
                arrivals.forget();
                meter.restart();
                trail = fetch(reception, digests);
                if (!holds(trail)) {
                    throw new CloudException(
                            Problem.CHECKSUM_MISMATCH,
                            Map.of("uri", bucket.keys().uri(object.key())));
                }
            }
            if (object.etag().isStandIn()) {
                requireUnchanged();
            }
            flusher.finish();
            return trail.result(DigestKind.SHA256).map(HexFormat.of()::formatHex);
        }
    }

    /** Each answer was of that size and time; one that came while the object was being replaced may still be half new. */
    private void requireUnchanged() {
        if (!bucket.store().head(object.key()).etag().equals(object.etag())) {
            throw new CloudException(
                    Problem.OBJECT_CHANGED, Map.of("uri", bucket.keys().uri(object.key())));
        }
    }

    private Set<DigestKind> digests(boolean wantsSha256) {
        Set<DigestKind> digests = EnumSet.noneOf(DigestKind.class);
        if (wantsSha256) {
            digests.add(DigestKind.SHA256);
        }
        if (plan.proof() instanceof Proof.OfBytes ofBytes) {
            digests.add(ofBytes.kind());
        }
        return digests;
    }

    /** Takes for there only what is: a power cut may have left notes of bytes that it took. */
    private void recheck(Meter meter) {
        try (Crew readers = new Crew(PieceReader.WIDTH)) {
            unfinished
                    .noted()
                    .forEach((piece, crc) -> readers.start(() -> {
                        if (PieceReader.crc(file, plan, piece) == crc) {
                            arrivals.arrived(piece, crc);
                            meter.moved(pieces.range(piece).length());
                        }
                    }));
            readers.join();
        }
    }

    private void requireRoom() throws IOException {
        long needed = object.size() - arrivals.bytes();
        Path folder = unfinished.bytes().getParent();
        long room = disk.room(folder);
        if (room < needed) {
            throw DiskTrouble.full(folder, needed, room);
        }
    }

    private Trail fetch(Reception reception, Set<DigestKind> digests) {
        Width width = Width.of(bucket.profile().limits().concurrency());
        Filling filling = new Filling(bucket, object, file, plan.crc(), arrivals, reception);
        Trail trail = new Trail(file, arrivals, digests);
        try (Crew both = new Crew(2)) {
            both.start(() -> filling.run(width));
            both.start(trail::run);
            both.join();
        }
        return trail;
    }

    private boolean holds(Trail trail) {
        return switch (plan.proof()) {
            case Proof.None none -> true;
            case Proof.OfPieces ofPieces -> ofPieces.holds(arrivals);
            case Proof.OfBytes ofBytes ->
                ofBytes.holds(trail.result(ofBytes.kind()).orElseThrow());
        };
    }

    /** What is done with each piece that has been written. */
    private final class Reception implements Filling.Landed {
        private final Beginning beginning;
        private final Meter meter;
        private final Flusher flusher;
        private final AtomicBoolean looked = new AtomicBoolean();

        Reception(Beginning beginning, Meter meter, Flusher flusher) {
            this.beginning = beginning;
            this.meter = meter;
            this.flusher = flusher;
        }

        @Override
        public void bytes(long count) {
            meter.moved(count);
        }

        @Override
        public void piece(int index, long crc) throws IOException {
            unfinished.arrived(index, crc);
            arrivals.arrived(index, crc);
            flusher.written(pieces.range(index).length());
            if (index == 0) {
                look();
            }
        }

        void look() throws IOException {
            if (looked.compareAndSet(false, true)) {
                long there = pieces.count() == 0 ? 0 : pieces.range(0).length();
                ByteBuffer first = ByteBuffer.allocate((int) Math.min(Beginning.LENGTH, there));
                file.readFully(first, 0);
                beginning.look(first.flip().asReadOnlyBuffer(), object.size());
            }
        }
    }
}
