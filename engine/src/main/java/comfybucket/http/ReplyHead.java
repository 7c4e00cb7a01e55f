package comfybucket.http;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The head of a server's answer.
 *
 * @param minor the 1 of HTTP/1.1
 */
record ReplyHead(int minor, int status, String reason, List<Header> headers) {
    /** Stores that let users keep 8 KB of metadata are known, and none that sends half of this. */
    private static final int LIMIT = 1 << 16;

    private static final int HEADERS = 256;
    private static final int INTERIM = 16;
    private static final Pattern TIMEOUT = Pattern.compile("timeout=([0-9]{1,6})");
    private static final Pattern STATUS = Pattern.compile("HTTP/1\\.([0-9]) ([1-9][0-9]{2})(?: (.*))?");

    /**
     * The final answer's. Interim ones are skipped, up to some.
     *
     * @throws MalformedReplyException if it is none of HTTP/1
     */
    static ReplyHead read(Input input) throws IOException {
        for (int interim = 0; interim <= INTERIM; interim++) {
            ReplyHead head = readOne(new Lines(input, LIMIT));
            if (head.status == 101) {
                throw new MalformedReplyException("it changes to a protocol that nobody asked for");
            }
            if (head.status >= 200) {
                return head;
            }
        }
        throw new MalformedReplyException("it never comes to its answer");
    }

    private static ReplyHead readOne(Lines lines) throws IOException {
        Matcher start = STATUS.matcher(lines.next());
        if (!start.matches()) {
            throw new MalformedReplyException("it is no HTTP");
        }
        String reason = start.group(3) == null ? "" : start.group(3);
        return new ReplyHead(
                Integer.parseInt(start.group(1)), Integer.parseInt(start.group(2)), reason, readHeaders(lines));
    }

    /** All up to the empty line; also what follows the last chunk. */
    static List<Header> readHeaders(Lines lines) throws IOException {
        List<Header> headers = new ArrayList<>();
        for (String line = lines.next(); !line.isEmpty(); line = lines.next()) {
            if (headers.size() == HEADERS) {
                throw new MalformedReplyException("it has too many headers");
            }
            headers.add(header(line));
        }
        return headers;
    }

    /** A line that goes on with the one before it, which nobody may send any more, has no name either. */
    private static Header header(String line) throws MalformedReplyException {
        int colon = line.indexOf(':');
        try {
            return new Header(
                    line.substring(0, Math.max(0, colon)),
                    line.substring(colon + 1).strip());
        } catch (IllegalArgumentException e) {
            throw new MalformedReplyException("it has a header that is none");
        }
    }

    List<String> all(String name) {
        return headers.stream()
                .filter(header -> header.isNamed(name))
                .map(Header::value)
                .toList();
    }

    /** How long the server leaves the connection open for the next request: not at all, as long as it says, or {@code most}. */
    Duration keepsOpen(Duration most) {
        List<String> words = all("Connection").stream()
                .flatMap(value -> Stream.of(value.toLowerCase(Locale.ROOT).split(",")))
                .map(String::strip)
                .toList();
        boolean closes = minor == 0 ? !words.contains("keep-alive") : words.contains("close");
        Duration said = all("Keep-Alive").stream()
                .map(TIMEOUT::matcher)
                .filter(Matcher::find)
                .map(timeout -> Duration.ofSeconds(Integer.parseInt(timeout.group(1))))
                .findFirst()
                .orElse(most);
        return closes ? Duration.ZERO : said.compareTo(most) < 0 ? said : most;
    }
}
