import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** A request to the {@code Sink} without its body; names of headers in lower case. */
record SinkRequest(String method, String path, Map<String, String> query, Map<String, String> headers) {
    String header(String name) {
        return headers.getOrDefault(name, "");
    }

    /** The next request's; {@code null} at the end of the connection. */
    static SinkRequest read(InputStream in) throws IOException {
        String first = line(in);
        if (first == null) {
            return null;
        }
        String[] words = first.split(" ");
        String[] target = words[1].split("\\?", 2);
        Map<String, String> headers = new HashMap<>();
        for (String line = line(in); !line.isEmpty(); line = line(in)) {
            int colon = line.indexOf(':');
            headers.put(line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).strip());
        }
        Map<String, String> query = new HashMap<>();
        for (String parameter : (target.length < 2 ? "" : target[1]).split("&")) {
            String[] parts = parameter.split("=", 2);
            query.put(parts[0], parts.length < 2 ? "" : decoded(parts[1]));
        }
        return new SinkRequest(words[0], decoded(target[0]), query, headers);
    }

    static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    static String line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream(128);
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                if (line.size() == 0) {
                    return null;
                }
                throw new EOFException("in the middle of a line");
            }
            line.write(next);
        }
        return line.toString(StandardCharsets.ISO_8859_1).stripTrailing();
    }

    /** The bytes of the object, whatever is around them. */
    InputStream body(InputStream in) {
        InputStream plain = header("transfer-encoding").equalsIgnoreCase("chunked")
                ? new SinkBody.Chunked(in)
                : new SinkBody(in, headers().containsKey("content-length") ? Long.parseLong(header("content-length")) : 0);
        return header("x-amz-content-sha256").startsWith("STREAMING-") ? new SinkBody.Chunked(plain) : plain;
    }
}
