package comfybucket.storage;

import java.time.Duration;
import java.util.Optional;

/**
 * A link that downloads without credentials.
 *
 * @param validity from now on, 1 second to 7 days, which is S3's limit for SigV4
 * @param downloadName makes browsers save under this name, which may hold any character, instead of showing the object
 */
public record PresignOptions(Duration validity, Optional<String> downloadName) {
    /** S3's limit for a presigned URL. */
    public static final Duration MAX_VALIDITY = Duration.ofDays(7);

    public PresignOptions {
        if (validity.compareTo(Duration.ofSeconds(1)) < 0 || validity.compareTo(MAX_VALIDITY) > 0) {
            throw new IllegalArgumentException("A link is valid for 1 second to 7 days, not " + validity);
        }
    }

    public static PresignOptions validFor(Duration validity) {
        return new PresignOptions(validity, Optional.empty());
    }

    public PresignOptions withDownloadName(String wanted) {
        return new PresignOptions(validity, Optional.of(wanted));
    }
}
