package comfybucket.profile;

import java.time.Duration;
import java.util.Optional;

/**
 * Every file that appears in ComfyUI's output folder goes to the bucket.
 *
 * @param removeAfter how long a local copy stays once the bucket is known to have it; empty for ever
 */
public record AutoBackup(Optional<Duration> removeAfter) {}
