package comfybucket.files;

import java.time.Instant;

/**
 * What a name stands for at a moment.
 *
 * @param size in bytes
 * @param regular a file and no folder, link or device
 */
public record FileState(long size, Instant modified, boolean regular) {}
