package comfybucket.storage;

import java.util.Optional;

/**
 * Which bytes of which version.
 *
 * @param range the piece wanted; empty for the whole object
 * @param ifMatch the version wanted; empty for the newest
 */
public record GetOptions(Optional<ByteRange> range, Optional<ETag> ifMatch) {
    public static final GetOptions WHOLE = new GetOptions(Optional.empty(), Optional.empty());

    public GetOptions withRange(ByteRange wanted) {
        return new GetOptions(Optional.of(wanted), ifMatch);
    }

    public GetOptions withIfMatch(ETag wanted) {
        return new GetOptions(range, Optional.of(wanted));
    }
}
