package comfybucket.store.http;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;

/** The request line and the headers, parsed by RFC 9112 with nothing lenient that would let two parties disagree. */
record RequestHead(String method, String path, String query, boolean keepAlive, Headers headers) {
    /** The next request, or null when the client has closed the connection instead of sending another. */
    static RequestHead read(Wire wire, int limit) throws IOException {
        LineReader lines = new LineReader(wire, limit);
        String requestLine = lines.first();
        if (requestLine == null) {
            return null;
        }
        String[] parts = requestLine.split(" ", -1);
        if (parts.length != 3 || !parts[0].matches("[A-Z]{1,20}")) {
            throw new BadRequestException(400, "Not a request line.");
        }
        if (!parts[2].equals("HTTP/1.1") && !parts[2].equals("HTTP/1.0")) {
            throw new BadRequestException(505, "Only HTTP/1.1 is spoken here.");
        }
        Headers.Builder headers = new Headers.Builder();
        for (String line = lines.next(); !line.isEmpty(); line = lines.next()) {
            int colon = line.indexOf(':');
            if (colon < 1 || !isToken(line.substring(0, colon))) {
                throw new BadRequestException(400, "Not a header line.");
            }
            headers.add(line.substring(0, colon), line.substring(colon + 1).strip());
        }
        return of(parts, headers.build());
    }

    private static RequestHead of(String[] requestLine, Headers headers) throws IOException {
        if (headers.all("Host").size() != 1) {
            throw new BadRequestException(400, "One Host header is needed.");
        }
        String target = requestLine[1].startsWith("http://") ? withoutOrigin(requestLine[1]) : requestLine[1];
        if (!target.startsWith("/")) {
            throw new BadRequestException(400, "The request target must be a path.");
        }
        int mark = target.indexOf('?');
        boolean keepAlive =
                requestLine[2].equals("HTTP/1.1") ? !hasOption(headers, "close") : hasOption(headers, "keep-alive");
        return new RequestHead(
                requestLine[0],
                mark < 0 ? target : target.substring(0, mark),
                mark < 0 ? "" : target.substring(mark + 1),
                keepAlive,
                headers);
    }

    private static boolean hasOption(Headers headers, String option) {
        return headers.all("Connection").stream()
                .flatMap(line -> Stream.of(line.split(",", -1)))
                .anyMatch(word -> word.strip().equalsIgnoreCase(option));
    }

    private static String withoutOrigin(String target) {
        int slash = target.indexOf('/', "http://".length());
        return slash < 0 ? "/" : target.substring(slash);
    }

    private static boolean isToken(String name) {
        return name.chars().allMatch(c -> c > ' ' && c < 0x7f && "\"(),/:;<=>?@[\\]{}".indexOf(c) < 0);
    }

    /** The body that these headers announce. */
    RequestBody body(Wire wire) throws IOException {
        List<String> lengths = headers.all("Content-Length");
        if (headers.has("Transfer-Encoding")) {
            if (!lengths.isEmpty() || !headers.all("Transfer-Encoding").equals(List.of("chunked"))) {
                throw new BadRequestException(400, "Only one way to tell the body's length is accepted.");
            }
            return new ChunkedBody(wire);
        }
        if (lengths.isEmpty()) {
            return new FixedBody(wire, 0);
        }
        if (lengths.size() > 1 || !lengths.getFirst().matches("[0-9]{1,18}")) {
            throw new BadRequestException(400, "Content-Length is not a number.");
        }
        return new FixedBody(wire, Long.parseLong(lengths.getFirst()));
    }

    /** Lines ending in CR LF, or in LF alone as RFC 9112 2.2 allows, within a limit for all of them together. */
    private static final class LineReader {
        private final Wire wire;
        private int left;

        LineReader(Wire wire, int limit) {
            this.wire = wire;
            this.left = limit;
        }

        /** The first line that is not empty (RFC 9112 2.2), null at the end of the connection. */
        String first() throws IOException {
            String line = "";
            while (line != null && line.isEmpty()) {
                line = line();
            }
            return line;
        }

        String next() throws IOException {
            String line = line();
            if (line == null) {
                throw new BadRequestException(400, "The request ends in its headers.");
            }
            return line;
        }

        private String line() throws IOException {
            StringBuilder line = new StringBuilder(64);
            for (int c = wire.read(); c != '\n'; c = wire.read()) {
                if (c < 0) {
                    return null;
                }
                if (--left < 0) {
                    throw new BadRequestException(431, "Request line and headers are too long.");
                }
                line.append((char) c);
            }
            if (!line.isEmpty() && line.charAt(line.length() - 1) == '\r') {
                line.setLength(line.length() - 1);
            }
            if (line.chars().anyMatch(c -> (c < ' ' && c != '\t') || c == 0x7f)) {
                throw new BadRequestException(400, "A control character in the headers.");
            }
            return line.toString();
        }
    }

    /** For the answer to a request that could not be read any further. */
    static byte[] refusal(BadRequestException problem) {
        String xml = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error><Code>BadRequest</Code><Message>"
                + problem.getMessage() + "</Message></Error>";
        return xml.getBytes(StandardCharsets.UTF_8);
    }
}
