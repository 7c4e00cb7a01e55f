package comfybucket.profile;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Every file that appears in ComfyUI's output folder goes to the bucket.
 *
 * @param keyPrefix what the keys begin with, in front of a file's place below the output folder; takes tokens
 * @param include patterns of which one must match that place; empty for all files
 * @param exclude patterns of which none may match it
 * @param existing whether files that were there before count too
 * @param removeAfter how long a local copy stays once the bucket is known to have it; empty for ever
 */
public record AutoBackup(
        String keyPrefix,
        List<String> include,
        List<String> exclude,
        boolean existing,
        Optional<Duration> removeAfter) {
    /** What {@code true} means. */
    public static final AutoBackup DEFAULT =
            new AutoBackup("comfyui/output/", List.of(), List.of(), false, Optional.empty());

    public AutoBackup {
        include = List.copyOf(include);
        exclude = List.copyOf(exclude);
    }
}
