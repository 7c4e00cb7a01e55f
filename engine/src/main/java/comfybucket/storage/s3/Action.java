package comfybucket.storage.s3;

import java.util.Optional;

/**
 * One request, however often it is tried.
 *
 * @param target what it concerns, for messages: an {@code s3://} address or a bucket
 * @param body the hash of the body it sends
 */
record Action(Operation operation, String target, Optional<BodyHash> body) {
    Action(Operation operation, String target) {
        this(operation, target, Optional.empty());
    }
}
