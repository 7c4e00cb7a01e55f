package comfybucket.outbox;

/**
 * Something that happened while nobody waited for it, for ComfyUI's page to show.
 *
 * @param summary in a few words
 * @param detail in a sentence or two
 */
public record Notice(Severity severity, String summary, String detail) {
    /** As the page knows them. */
    public enum Severity {
        INFO,
        SUCCESS,
        WARN,
        ERROR
    }
}
