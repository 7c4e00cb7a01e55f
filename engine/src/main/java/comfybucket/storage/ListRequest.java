package comfybucket.storage;

import java.util.Optional;

/**
 * Which keys to list.
 *
 * @param prefix what they begin with
 * @param delimiter what folds keys together: with {@code /}, keys that have a {@code /} beyond the prefix are given as
 *     the prefix up to it
 * @param startAfter only what comes after this in S3's order, a key or a folder that need not exist; to resume a listing
 * @param pageSize how many keys and folders one request may bring, 1 to 1,000
 */
public record ListRequest(KeyPrefix prefix, Optional<String> delimiter, Optional<String> startAfter, int pageSize) {
    /** What S3 gives at most. */
    public static final int MAX_PAGE = 1000;

    public ListRequest {
        if (pageSize < 1 || pageSize > MAX_PAGE) {
            throw new IllegalArgumentException("Page size " + pageSize + " is not within 1 to " + MAX_PAGE);
        }
    }

    /** Everything under the prefix, whatever its depth. */
    public static ListRequest all(KeyPrefix prefix) {
        return new ListRequest(prefix, Optional.empty(), Optional.empty(), MAX_PAGE);
    }

    /** What lies directly in a folder, with its folders. */
    public static ListRequest folder(KeyPrefix prefix) {
        return new ListRequest(prefix, Optional.of("/"), Optional.empty(), MAX_PAGE);
    }

    public ListRequest withStartAfter(String wanted) {
        return new ListRequest(prefix, delimiter, Optional.of(wanted), pageSize);
    }

    public ListRequest withPageSize(int wanted) {
        return new ListRequest(prefix, delimiter, startAfter, wanted);
    }
}
