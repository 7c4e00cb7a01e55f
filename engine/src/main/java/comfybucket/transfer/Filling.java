package comfybucket.transfer;

import comfybucket.checksum.Crc;
import comfybucket.connect.Bucket;
import comfybucket.error.CloudException;
import comfybucket.error.Problem;
import comfybucket.files.DiskFile;
import comfybucket.storage.ByteRange;
import comfybucket.storage.GetOptions;
import comfybucket.storage.ObjectContent;
import comfybucket.storage.ObjectInfo;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import java.util.zip.Checksum;

/** Brings the missing pieces of one version of an object into a file, side by side, each where it belongs. */
final class Filling {
    static final int BUFFER = 1 << 18;

    private final Bucket bucket;
    private final ObjectInfo object;
    private final DiskFile file;
    private final Crc crc;
    private final Arrivals arrivals;
    private final Pieces pieces;
    private final Landed landed;
    private final GetOptions version;
    private final LongAdder moved = new LongAdder();

    /** Is told, by any thread, what has been written to the file. */
    interface Landed {
        /** Bytes more, of any piece. */
        void bytes(long count);

        /** The last byte of a piece. */
        void piece(int index, long crc) throws IOException;
    }

    Filling(Bucket bucket, ObjectInfo object, DiskFile file, Crc crc, Arrivals arrivals, Landed landed) {
        this.bucket = bucket;
        this.object = object;
        this.file = file;
        this.crc = crc;
        this.arrivals = arrivals;
        this.pieces = arrivals.pieces();
        this.landed = landed;
        this.version = GetOptions.WHOLE.withIfMatch(object.etag());
    }

    /**
     * Until all are there.
     *
     * @param width how many at a time
     * @throws UncheckedIOException when the file cannot be written
     */
    void run(Width width) {
        try (Crew crew = new Crew(Integer.MAX_VALUE)) {
            int started = 0;
            do {
                int wanted = Math.min(width.now(), started + arrivals.unclaimed());
                for (; started < wanted; started++) {
                    int number = started;
                    crew.start(() -> work(number, width));
                }
                long before = moved.sum();
                if (!arrivals.awaitClaims(Width.PERIOD)) {
                    break;
                }
                crew.requireSuccess();
                width.seen(moved.sum() - before);
            } while (!width.isSettled());
            crew.join();
        } catch (CloudException failed) {
            if (failed.problem() != Problem.STORE_CANNOT) {
                throw failed;
            }
            fetchAtOnce();
        }
    }

    /** @param number of this worker, from 0: those beyond the width end with what they are at */
    private void work(int number, Width width) {
        byte[] buffer = new byte[BUFFER];
        while (number < width.now()) {
            Optional<Arrivals.Run> run = arrivals.claim(width.now());
            if (run.isEmpty()) {
                return;
            }
            fetch(run.get(), buffer);
        }
    }

    private void fetch(Arrivals.Run run, byte[] buffer) {
        ByteRange range = run.range(pieces);
        // A range even if it is all: what is damaged is then found in the end, and fetched again.
        try (ObjectContent content = bucket.store().get(object.key(), version.withRange(range))) {
            requireSize(content.info());
            for (int i = 0; i < run.count(); i++) {
                copy(content.bytes(), run.first() + i, buffer);
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** One that was said to be shorter than it is would else come without its end, and might have no checksum to tell. */
    private void requireSize(ObjectInfo answered) {
        if (object.contentEncoding().isEmpty() && answered.size() != object.size()) {
            throw new CloudException(
                    Problem.OBJECT_CHANGED, Map.of("uri", bucket.keys().uri(object.key())));
        }
    }

    /** From a store that knows no ranges. */
    private void fetchAtOnce() {
        byte[] buffer = new byte[BUFFER];
        try (ObjectContent content = bucket.store().get(object.key(), version)) {
            for (int piece = 0; piece < pieces.count(); piece++) {
                copy(content.bytes(), piece, buffer);
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private void copy(InputStream bytes, int piece, byte[] buffer) throws IOException {
        ByteRange range = pieces.range(piece);
        boolean wanted = !arrivals.has(piece);
        Checksum sum = crc.start();
        long end = range.offset() + range.length();
        for (long position = range.offset(); position < end; ) {
            int count = bytes.readNBytes(buffer, 0, (int) Math.min(buffer.length, end - position));
            if (count == 0) {
                throw new EOFException("The object ends after " + position + " bytes");
            }
            if (wanted) {
                sum.update(buffer, 0, count);
                file.writeFully(ByteBuffer.wrap(buffer, 0, count), position);
                moved.add(count);
                landed.bytes(count);
            }
            position += count;
        }
        if (wanted) {
            landed.piece(piece, sum.getValue());
        }
    }
}
