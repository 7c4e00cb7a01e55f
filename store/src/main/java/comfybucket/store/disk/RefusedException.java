package comfybucket.store.disk;

import java.io.IOException;

/** What was asked for cannot be done as things are on disk; nothing has been changed. */
public final class RefusedException extends IOException {
    /** Why not. */
    public enum Reason {
        NO_SUCH_BUCKET,
        BUCKET_NOT_EMPTY,
        NO_SUCH_KEY,
        PRECONDITION_FAILED,
        NO_SUCH_UPLOAD,
        NO_SUCH_PART,
        /** A file that somebody put there has the name that a folder needs, or the other way round. */
        IN_THE_WAY
    }

    private final transient Reason reason;

    public RefusedException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
