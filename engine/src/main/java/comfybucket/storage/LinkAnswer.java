package comfybucket.storage;

/**
 * What somebody without an account gets at a link.
 *
 * @param status of HTTP; redirects are not followed
 * @param beginning of the body, read as UTF-8
 */
public record LinkAnswer(int status, String beginning) {}
