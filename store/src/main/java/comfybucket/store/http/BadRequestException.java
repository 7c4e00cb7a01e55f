package comfybucket.store.http;

import java.io.IOException;

/** What came is not HTTP/1.1 as we accept it; the connection cannot be used any further. */
final class BadRequestException extends IOException {
    private final int status;

    BadRequestException(int status, String message) {
        super(message);
        this.status = status;
    }

    int status() {
        return status;
    }
}
