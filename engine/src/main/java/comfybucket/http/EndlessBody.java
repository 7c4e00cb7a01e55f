package comfybucket.http;

import java.io.IOException;

/** A body up to the end of its connection. Over TLS the end has to be said, so that nobody else can set it. */
final class EndlessBody extends ReplyBody {
    private final Input input;

    EndlessBody(Input input, Lease lease) {
        super(lease);
        this.input = input;
    }

    @Override
    int readSome(byte[] into, int offset, int length) throws IOException {
        int count = input.read(into, offset, length);
        if (count < 0) {
            close();
        }
        return count;
    }
}
