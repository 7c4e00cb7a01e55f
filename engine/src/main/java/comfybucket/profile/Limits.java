package comfybucket.profile;

import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * How much of the machine a profile may use; empty where the engine decides.
 *
 * @param concurrency requests at a time
 * @param bandwidth bytes per second, up and down together
 * @param modelCache bytes that downloaded models may take on the disk
 * @param mediaCache bytes that loaded pictures, sounds and videos may take on the disk
 * @param outbox bytes that the outbox may hold when a save with this profile is accepted
 */
public record Limits(
        OptionalInt concurrency,
        OptionalLong bandwidth,
        OptionalLong modelCache,
        OptionalLong mediaCache,
        OptionalLong outbox) {
    public static final Limits NONE = new Limits(
            OptionalInt.empty(),
            OptionalLong.empty(),
            OptionalLong.empty(),
            OptionalLong.empty(),
            OptionalLong.empty());
}
