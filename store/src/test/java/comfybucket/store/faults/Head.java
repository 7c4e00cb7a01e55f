package comfybucket.store.faults;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The head of an HTTP/1.1 message as it came: its first line and its headers.
 *
 * @param lines one char a byte, without line breaks, the first line first
 */
record Head(List<String> lines) {
    Head {
        lines = List.copyOf(lines);
    }

    /** The next one; empty when the peer has nothing more to say. */
    static Optional<Head> read(InputStream in) throws IOException {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c >= 0; c = in.read()) {
            if (c != '\n') {
                line.append((char) c);
                continue;
            }
            String text = line.toString().stripTrailing();
            line.setLength(0);
            if (!text.isEmpty()) {
                lines.add(text);
            } else if (!lines.isEmpty()) {
                return Optional.of(new Head(lines));
            }
        }
        return Optional.empty();
    }

    /** A word of the first line. */
    String word(int index) {
        String[] words = lines.getFirst().split(" ", -1);
        return index < words.length ? words[index] : "";
    }

    int status() {
        return Integer.parseInt(word(1));
    }

    Optional<String> value(String name) {
        return lines.stream()
                .skip(1)
                .filter(is(name))
                .map(line -> line.substring(name.length() + 1).strip())
                .findFirst();
    }

    /** Bytes of the body; -1 when they are not known before it ends. */
    long length() {
        return isChunked() ? -1 : Long.parseLong(value("Content-Length").orElse("0"));
    }

    boolean isChunked() {
        return value("Transfer-Encoding").orElse("").equalsIgnoreCase("chunked");
    }

    boolean isLast() {
        return value("Connection").orElse("").equalsIgnoreCase("close");
    }

    Head without(String name) {
        return new Head(lines.stream().filter(is(name).negate()).toList());
    }

    /** In the place of all lines of that name. */
    Head with(String name, String value) {
        List<String> changed = new ArrayList<>(without(name).lines);
        changed.add(name + ": " + value);
        return new Head(changed);
    }

    byte[] bytes() {
        return (String.join("\r\n", lines) + "\r\n\r\n").getBytes(StandardCharsets.ISO_8859_1);
    }

    private static Predicate<String> is(String name) {
        String start = name.toLowerCase(Locale.ROOT) + ":";
        return line -> line.toLowerCase(Locale.ROOT).startsWith(start);
    }
}
