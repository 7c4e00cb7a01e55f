package comfybucket.http;

import java.io.IOException;

/** What comes back is no HTTP, or such that two readers might understand it differently. */
public final class MalformedReplyException extends IOException {
    MalformedReplyException(String what) {
        super(what);
    }
}
