package comfybucket.storage.s3;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.GZIPOutputStream;

/** Ways in which a server can answer badly, by name. */
final class Hostilities {
    static final Map<String, RawServer.Script> ALL = new LinkedHashMap<>();

    private Hostilities() {}

    private static final String OBJECT =
            "ETag: \"abc\"\r\nLast-Modified: Wed, 01 Jan 2025 00:00:00 GMT\r\nContent-Type: text/plain\r\n";

    static {
        text("garbage instead of HTTP", "\u0000\u0001 garbage \r\n\r\n");
        text("HTTP 0.9", "<html>hello</html>");
        text("a status beyond all", "HTTP/1.1 999 Odd\r\nContent-Length: 0\r\n\r\n");
        text("a status that is no number", "HTTP/1.1 abc OK\r\nContent-Length: 0\r\n\r\n");
        text("the beginning of HTTP/2", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");
        hangup("no answer", "");
        hangup("half a status line", "HTTP/1.1 2");
        hangup("half of its headers", "HTTP/1.1 200 OK\r\nETag: \"a");
        hangup("a body that ends early", "HTTP/1.1 200 OK\r\n" + OBJECT + "Content-Length: 1000\r\n\r\nshort");
        hangup("an error that ends early", "HTTP/1.1 403 Forbidden\r\nContent-Length: 1000\r\n\r\n<Error><Co");
        hangup(
                "a chunk that ends early",
                "HTTP/1.1 200 OK\r\n" + OBJECT + "Transfer-Encoding: chunked\r\n\r\nff\r\nshort");
        stall("silence", "");
        stall("silence within its status line", "HTTP/1.1 200 ");
        stall("silence within its headers", "HTTP/1.1 200 OK\r\nETag: \"");
        stall("silence within its body", "HTTP/1.1 200 OK\r\n" + OBJECT + "Content-Length: 1000\r\n\r\nshort");
        stall("silence before an XML", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
        stall("silence within an error", "HTTP/1.1 500 Oops\r\nContent-Length: 1000\r\n\r\n<Error>");
        drip("dripping headers", "HTTP/1.1 200 OK\r\nx: ", "x");
        drip("a dripping body", "HTTP/1.1 200 OK\r\n" + OBJECT + "Content-Length: 1000000\r\n\r\n", "x");
        drip("a dripping XML", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", "1\r\n \r\n");
        flood("an endless header", "HTTP/1.1 200 OK\r\nx: ", "x".repeat(65536));
        flood("endless headers", "HTTP/1.1 200 OK\r\n", "x: y\r\n".repeat(10_000));
        flood("endless interim answers", "", "HTTP/1.1 100 Continue\r\n\r\n".repeat(100));
        flood("an endless XML", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", chunk(" ".repeat(65536)));
        flood(
                "an endless element",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + chunk("<a>"),
                chunk("x".repeat(65536)));
        flood("an endless depth", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", chunk("<a>".repeat(20_000)));
        flood(
                "an endless error",
                "HTTP/1.1 400 Bad\r\nTransfer-Encoding: chunked\r\n\r\n",
                chunk("<Error>".repeat(10_000)));
        xml("a web page", "<html><body>Console</body></html>");
        xml("text", "Hello, this is the console.");
        xml("nothing", "");
        xml("an error that claims success", "<Error><Code>InternalError</Code><Message>no</Message></Error>");
        xml("an unknown document", "<Something><Else/></Something>");
        xml(
                "an entity from a file",
                "<!DOCTYPE r [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><ListBucketResult><Name>&x;</Name></ListBucketResult>");
        xml("an entity from a server", "<!DOCTYPE r SYSTEM \"http://127.0.0.1:1/x.dtd\"><ListBucketResult/>");
        xml("a billion laughs", laughs());
        xml("a listing beside the prefix", list("<Key>other</Key>", false));
        xml("a listing with an empty key", list("<Key></Key>", false));
        xml("a listing with wrong escapes", list("<Key>folder/%zz</Key>", false));
        xml("a listing with half a surrogate", list("<Key>folder/%ED%A0%80</Key>", false));
        xml("a listing with endless keys", list("<Key>folder/" + "k".repeat(5000) + "</Key>", false));
        xml(
                "a listing without sizes",
                "<ListBucketResult><IsTruncated>false</IsTruncated><Contents><Key>folder/a</Key></Contents></ListBucketResult>");
        xml("the same page for ever", list("<Key>folder/a</Key>", true));
        xml("a page without its mark", "<ListBucketResult><IsTruncated>true</IsTruncated></ListBucketResult>");
        freshMarks("one page under fresh marks", "<Key>folder/a</Key>");
        freshMarks("empty pages for ever", "");
        object("a negative length", "Content-Length: -1\r\n\r\n");
        object("a length that is no number", "Content-Length: many\r\n\r\n");
        object("two lengths", "Content-Length: 5\r\nContent-Length: 6\r\n\r\nhello!");
        object("no length", "Connection: close\r\n\r\n");
        object("an absurd length", "Content-Length: 9223372036854775808\r\n\r\n");
        object("another range", "Content-Range: bytes 5-9/100\r\nContent-Length: 5\r\n\r\nhello");
        object("a range that makes no sense", "Content-Range: bytes x/y\r\nContent-Length: 5\r\n\r\nhello");
        text("no version", "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello");
        text("an empty version", "HTTP/1.1 200 OK\r\nETag: \"\"\r\nContent-Length: 5\r\n\r\nhello");
        text(
                "a date that is none",
                "HTTP/1.1 200 OK\r\nETag: \"a\"\r\nLast-Modified: yesterday\r\nContent-Length: 5\r\n\r\nhello");
        text("no content", "HTTP/1.1 204 No Content\r\n\r\n");
        text(
                "a redirect elsewhere",
                "HTTP/1.1 302 Found\r\nLocation: http://169.254.169.254/latest\r\nContent-Length: 0\r\n\r\n");
        text("a redirect in a circle", "HTTP/1.1 307 Temporary\r\nLocation: /bucket\r\nContent-Length: 0\r\n\r\n");
        text("a redirect to nowhere", "HTTP/1.1 301 Moved\r\nLocation: ::::\r\nContent-Length: 0\r\n\r\n");
        text("a demand to wait for a day", "HTTP/1.1 503 Busy\r\nRetry-After: 86400\r\nContent-Length: 0\r\n\r\n");
        text(
                "a demand to wait for ever",
                "HTTP/1.1 429 Busy\r\nRetry-After: 99999999999999\r\nContent-Length: 0\r\n\r\n");
        text("an upgrade", "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n\r\n");
        bomb();
        ALL.put("our own headers in its error", (request, out) -> {
            String error =
                    "<Error><Code>Odd</Code><Message>" + request.headers() + "canarysecret4711</Message></Error>";
            out.write(("HTTP/1.1 400 Bad\r\nContent-Length: " + error.length() + "\r\n\r\n" + error)
                    .getBytes(StandardCharsets.ISO_8859_1));
        });
    }

    private static void text(String name, String answer) {
        ALL.put(name, (request, out) -> out.write(answer.getBytes(StandardCharsets.ISO_8859_1)));
    }

    private static void xml(String name, String document) {
        text(name, "HTTP/1.1 200 OK\r\nETag: \"abc\"\r\nContent-Length: " + document.length() + "\r\n\r\n" + document);
    }

    private static void object(String name, String rest) {
        hangup(name, "HTTP/1.1 200 OK\r\n" + OBJECT + rest);
    }

    private static void hangup(String name, String answer) {
        ALL.put(name, (request, out) -> {
            out.write(answer.getBytes(StandardCharsets.ISO_8859_1));
            out.flush();
            throw new RawServer.Hangup();
        });
    }

    private static void stall(String name, String answer) {
        ALL.put(name, (request, out) -> {
            out.write(answer.getBytes(StandardCharsets.ISO_8859_1));
            out.flush();
            Thread.sleep(60_000);
        });
    }

    private static void drip(String name, String start, String drop) {
        ALL.put(name, (request, out) -> {
            out.write(start.getBytes(StandardCharsets.ISO_8859_1));
            while (true) {
                out.write(drop.getBytes(StandardCharsets.ISO_8859_1));
                out.flush();
                Thread.sleep(50);
            }
        });
    }

    private static void flood(String name, String start, String wave) {
        ALL.put(name, (request, out) -> {
            out.write(start.getBytes(StandardCharsets.ISO_8859_1));
            byte[] bytes = wave.getBytes(StandardCharsets.ISO_8859_1);
            while (true) {
                out.write(bytes);
                // Enough to fill any memory, and little enough for the other tests on this machine.
                Thread.sleep(1);
            }
        });
    }

    private static void freshMarks(String name, String key) {
        ALL.put(name, (request, out) -> {
            String page = list(key, true).replace("MARK", "mark" + System.nanoTime());
            out.write(("HTTP/1.1 200 OK\r\nETag: \"abc\"\r\nContent-Length: " + page.length() + "\r\n\r\n" + page)
                    .getBytes(StandardCharsets.ISO_8859_1));
        });
    }

    private static String list(String key, boolean more) {
        String contents = key.isEmpty()
                ? ""
                : "<Contents>" + key + "<Size>1</Size><ETag>\"a\"</ETag>"
                        + "<LastModified>2025-01-01T00:00:00.000Z</LastModified></Contents>";
        return "<ListBucketResult><EncodingType>url</EncodingType><IsTruncated>" + more + "</IsTruncated>"
                + "<NextContinuationToken>MARK</NextContinuationToken>" + contents + "</ListBucketResult>";
    }

    private static String chunk(String text) {
        return Integer.toHexString(text.length()) + "\r\n" + text + "\r\n";
    }

    private static String laughs() {
        StringBuilder document = new StringBuilder("<!DOCTYPE l [<!ENTITY l0 \"ha\">");
        for (int i = 1; i < 30; i++) {
            document.append("<!ENTITY l%d \"&l%d;&l%d;\">".formatted(i, i - 1, i - 1));
        }
        return document + "]><ListBucketResult><Name>&l29;</Name></ListBucketResult>";
    }

    /** 64 MiB of blanks in some ten thousands of bytes. */
    private static void bomb() {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (OutputStream gzip = new GZIPOutputStream(packed)) {
            for (int i = 0; i < 64; i++) {
                gzip.write(" ".repeat(1 << 20).getBytes(StandardCharsets.ISO_8859_1));
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        ALL.put("a compressed flood", (request, out) -> {
            out.write(("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n" + OBJECT + "Content-Length: " + packed.size()
                            + "\r\n\r\n")
                    .getBytes(StandardCharsets.ISO_8859_1));
            packed.writeTo(out);
        });
    }
}
