package comfybucket.http;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** How the end of an answer's body is known (RFC 9112, 6.3). What could be understood in two ways is refused. */
sealed interface Framing {
    /** The body that comes out of {@code input}. */
    ReplyBody body(Input input, Lease lease);

    /** By its length in bytes. */
    record Fixed(long length) implements Framing {
        @Override
        public ReplyBody body(Input input, Lease lease) {
            return new FixedBody(length, input, lease);
        }
    }

    /** By the last chunk. */
    record Chunked() implements Framing {
        @Override
        public ReplyBody body(Input input, Lease lease) {
            return new ChunkedBody(input, lease);
        }
    }

    /** By the end of the connection. */
    record UntilEnd() implements Framing {
        @Override
        public ReplyBody body(Input input, Lease lease) {
            return new EndlessBody(input, lease);
        }
    }

    Pattern LENGTH = Pattern.compile("[0-9]{1,18}");

    static Framing of(String method, ReplyHead head) throws MalformedReplyException {
        List<String> codings = head.all("Transfer-Encoding");
        Set<String> lengths = Set.copyOf(head.all("Content-Length"));
        if (lengths.size() > 1
                || !lengths.stream().allMatch(length -> LENGTH.matcher(length).matches())) {
            throw new MalformedReplyException("its Content-Length makes no sense");
        }
        if (method.equals("HEAD") || head.status() == 204 || head.status() == 304) {
            return new Fixed(0);
        }
        if (!codings.isEmpty() && !lengths.isEmpty()) {
            throw new MalformedReplyException("it has both a Content-Length and a Transfer-Encoding");
        }
        if (!codings.isEmpty()) {
            if (codings.size() > 1 || !codings.getFirst().equalsIgnoreCase("chunked") || head.minor() == 0) {
                throw new MalformedReplyException("its Transfer-Encoding is none that was asked for");
            }
            return new Chunked();
        }
        return lengths.stream()
                .<Framing>map(length -> new Fixed(Long.parseLong(length)))
                .findFirst()
                .orElseGet(UntilEnd::new);
    }
}
