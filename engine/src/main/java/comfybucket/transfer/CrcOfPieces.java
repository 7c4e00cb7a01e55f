package comfybucket.transfer;

import comfybucket.checksum.Crc;
import java.util.zip.Checksum;

/**
 * The CRCs that stores keep of objects, from those of the pieces.
 *
 * @param arrivals of which all are there
 */
record CrcOfPieces(Crc crc, Arrivals arrivals) {
    /** Of all bytes. */
    long ofAll() {
        return of(0, arrivals.pieces().count());
    }

    /**
     * What S3 calls composite: the CRC of the CRCs of the parts in which the object was uploaded.
     *
     * @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/checking-object-integrity-upload.html">Full
     *     object and composite checksum types</a>
     */
    long ofParts() {
        Checksum ofAll = crc.start();
        int count = arrivals.pieces().count();
        int step = arrivals.pieces().inSegment();
        for (int start = 0; start < count; start += step) {
            ofAll.update(crc.bytes(of(start, Math.min(start + step, count))));
        }
        return ofAll.getValue();
    }

    private long of(int start, int end) {
        long sum = crc.start().getValue();
        for (int piece = start; piece < end; piece++) {
            long length = arrivals.pieces().range(piece).length();
            sum = crc.combine(sum, arrivals.crc(piece), length);
        }
        return sum;
    }
}
