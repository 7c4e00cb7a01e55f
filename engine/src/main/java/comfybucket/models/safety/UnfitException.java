package comfybucket.models.safety;

import java.io.IOException;

/** The file is not what its name says. */
final class UnfitException extends IOException {
    /** @param reason completes "this file …", in the user's words */
    UnfitException(String reason) {
        super(reason);
    }
}
