package comfybucket.media.deflate;

/** Finds what repeats. */
sealed interface Matcher permits PhotoMatcher, DrawingMatcher {
    /**
     * Describes the window's new rows to {@code out} by literals and matches.
     *
     * @param prices of the new rows
     */
    void scan(Window window, Prices prices, BlockStream out);
}
