package comfybucket.models.cache;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What is special about one fetch.
 *
 * @param force downloads even if a copy is there
 * @param sha256 what all bytes must have, in lower-case hex
 * @param check what the bytes must be
 * @param budget what the downloads may take on the disk; empty for no limit
 */
public record FetchOptions(boolean force, Optional<String> sha256, ContentCheck check, Optional<Budget> budget) {
    private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");

    /** Nothing special. */
    public static final FetchOptions USUAL =
            new FetchOptions(false, Optional.empty(), ContentCheck.NONE, Optional.empty());

    public FetchOptions {
        sha256.ifPresent(hash -> {
            if (!SHA256.matcher(hash).matches()) {
                throw new IllegalArgumentException("Not a SHA-256 in lower-case hex: " + hash);
            }
        });
    }

    public FetchOptions withForce(boolean wanted) {
        return new FetchOptions(wanted, sha256, check, budget);
    }

    public FetchOptions withSha256(String wanted) {
        return new FetchOptions(force, Optional.of(wanted), check, budget);
    }

    public FetchOptions withCheck(ContentCheck wanted) {
        return new FetchOptions(force, sha256, wanted, budget);
    }

    public FetchOptions withBudget(Budget wanted) {
        return new FetchOptions(force, sha256, check, Optional.of(wanted));
    }
}
