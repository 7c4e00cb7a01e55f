package comfybucket.transfer;

import comfybucket.checksum.Crc;
import comfybucket.storage.Checksum;
import comfybucket.storage.ObjectInfo;
import comfybucket.storage.ObjectStore;
import java.util.OptionalLong;

/**
 * How an object is fetched and checked.
 *
 * @param crc what each piece is noted with
 */
record Plan(Pieces pieces, Crc crc, Proof proof) {
    /** @param length of a piece */
    static Plan of(ObjectInfo object, ObjectStore store, long length) {
        OptionalLong part = part(object, store);
        Pieces pieces = new Pieces(object.size(), part.orElse(Math.max(1, object.size())), length);
        return new Plan(pieces, Proof.crc(object).orElse(Crc.CRC32C), Proof.of(object, part.isPresent()));
    }

    /** Bytes of the parts in which it was uploaded, where its checksum is made of theirs. */
    private static OptionalLong part(ObjectInfo object, ObjectStore store) {
        if (object.checksum().filter(checksum -> !checksum.isWhole()).isEmpty()) {
            return OptionalLong.empty();
        }
        Checksum ofParts = object.checksum().get();
        OptionalLong size = store.partSize(object);
        boolean fits = size.isPresent()
                && size.getAsLong() > 0
                && Math.ceilDiv(object.size(), size.getAsLong()) == ofParts.parts();
        return fits ? size : OptionalLong.empty();
    }
}
