package comfybucket.storage;

/**
 * A part that the store has.
 *
 * @param number 1 to 10,000; the object is its parts in this order
 * @param size in bytes
 */
public record Part(int number, long size, ETag etag) {
    /** S3's limit. */
    public static final int MAX_NUMBER = 10_000;

    public Part {
        if (number < 1 || number > MAX_NUMBER) {
            throw new IllegalArgumentException("Part number " + number + " is not within 1 to " + MAX_NUMBER);
        }
    }
}
