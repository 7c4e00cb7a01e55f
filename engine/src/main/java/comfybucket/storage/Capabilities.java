package comfybucket.storage;

/**
 * What the store behind a profile can do.
 *
 * @param createOnly a write can be made to fail when the key is taken, so that nothing is ever replaced
 * @param tags objects can have tags
 */
public record Capabilities(boolean createOnly, boolean tags) {}
