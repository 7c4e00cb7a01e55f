package comfybucket.storage.s3;

import comfybucket.storage.ETag;
import java.time.Instant;

/** Between ETags as headers and listings have them, and as the port does. */
final class ETags {
    private ETags() {}

    /** @param text with or without quotes; a weak ETag keeps its mark, since it is another one */
    static ETag parse(String text) {
        String stripped = BadReplyException.require(text, "ETag").strip();
        String value = stripped.replace("\"", "").strip();
        if (stripped.endsWith("\"") != (stripped.startsWith("\"") || stripped.startsWith("W/\""))) {
            throw new BadReplyException("there is half an ETag in it");
        }
        if (value.isEmpty()) {
            throw new BadReplyException("there is an empty ETag in it");
        }
        return new ETag(value);
    }

    /** Of an object, which may have none. */
    static ETag ofObject(String text, long size, Instant lastModified) {
        boolean none = text == null || text.isBlank() || text.strip().equals("\"\"");
        return none ? ETag.standIn(size, lastModified) : parse(text);
    }

    /** As a condition or a list of parts has it. */
    static String quoted(ETag etag) {
        return "\"" + etag.value() + "\"";
    }
}
