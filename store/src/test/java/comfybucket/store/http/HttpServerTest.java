package comfybucket.store.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** HTTP as it goes over the wire. */
@Timeout(60)
class HttpServerTest {
    private static final HttpLimits IMPATIENT =
            new HttpLimits(4_096, 4, Duration.ofSeconds(60), Duration.ofSeconds(1), Duration.ofSeconds(1));

    @TempDir
    private Path folder;

    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.start(0, this::answer, IMPATIENT);
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    private Response answer(Request request) throws IOException {
        return switch (request.path()) {
            case "/echo" -> Response.of(200).with(new Body.Bytes(request.body().readAllBytes()));
            case "/length" -> Response.of(200).with(text(Long.toString(drain(request.body()))));
            case "/refuse" -> Response.of(412).with(text("no"));
            case "/stream" ->
                Response.of(200).with(new Body.Stream(out -> {
                    out.write("one ".getBytes(StandardCharsets.US_ASCII));
                    out.write("two".getBytes(StandardCharsets.US_ASCII));
                }));
            case "/broken" ->
                Response.of(200).with(new Body.Stream(out -> {
                    out.write("one ".getBytes(StandardCharsets.US_ASCII));
                    throw new IOException("the rest is lost");
                }));
            case "/file" -> {
                FileChannel file = FileChannel.open(folder.resolve("file"), StandardOpenOption.READ);
                yield Response.of(206).with(new Body.FileRange(file, 2, file.size() - 2));
            }
            default -> Response.of(404);
        };
    }

    private static long drain(InputStream body) throws IOException {
        try {
            return body.skip(Long.MAX_VALUE);
        } catch (EOFException cutShort) {
            return -1;
        }
    }

    private static Body text(String text) {
        return new Body.Bytes(text.getBytes(StandardCharsets.US_ASCII));
    }

    private Socket connect() throws IOException {
        return new Socket(InetAddress.getLoopbackAddress(), server.port());
    }

    private static void write(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    private static String readAll(Socket socket) throws IOException {
        return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    }

    /** Sends this, ends the sending, and returns all that comes back. */
    private String talk(String text) throws IOException {
        try (Socket socket = connect()) {
            write(socket, text);
            socket.shutdownOutput();
            return readAll(socket);
        }
    }

    private static String get(String path) {
        return "GET " + path + " HTTP/1.1\r\nHost: x\r\n\r\n";
    }

    private static String put(String path, String headers, String body) {
        return "PUT " + path + " HTTP/1.1\r\nHost: x\r\n" + headers + "\r\n" + body;
    }

    @Test
    void manyRequestsGoOverOneConnection() throws IOException {
        String answers = talk(put("/echo", "Content-Length: 3\r\n", "abc")
                + put("/refuse", "Content-Length: 5\r\n", "dropped".substring(2))
                + put("/echo", "Transfer-Encoding: chunked\r\n", "2;x=y\r\nde\r\n1\r\nf\r\n0\r\nTrailer: z\r\n\r\n")
                + get("/stream"));
        assertThat(answers).containsSubsequence("200 OK", "\r\n\r\nabc", "412 ", "no", "\r\n\r\ndef", "two");
    }

    @Test
    void aConnectionEndsWhenTheClientSaysSo() throws IOException {
        String last = "GET /stream HTTP/1.1\r\nHost: x\r\nConnection: TE, close\r\n\r\n";
        assertThat(talk(last + get("/stream")).split("HTTP/1.1 200", -1)).hasSize(2);
        String old = "GET /stream HTTP/1.0\r\nHost: x\r\n\r\n";
        assertThat(talk(old + get("/stream")).split("HTTP/1.1 200", -1)).hasSize(2);
    }

    @Test
    void aBodyOfUnknownLengthIsChunked() throws IOException {
        assertThat(talk(get("/stream"))).endsWith("\r\n\r\n4\r\none \r\n3\r\ntwo\r\n0\r\n\r\n");
    }

    @Test
    void aBodyThatBreaksOffIsNotTakenForAWholeOne() throws IOException {
        assertThat(talk(get("/broken"))).endsWith("4\r\none \r\n");
    }

    @Test
    void filesAreSentFromTheirMiddleAndHeadSendsNoBody() throws IOException {
        Files.writeString(folder.resolve("file"), "0123456789".repeat(100_000));
        assertThat(talk(get("/file")))
                .contains("Content-Length: 999998\r\n")
                .endsWith("23456789")
                .hasSizeGreaterThan(999_998);
        assertThat(talk("HEAD /file HTTP/1.1\r\nHost: x\r\n\r\n"))
                .contains("Content-Length: 999998\r\n")
                .endsWith("\r\n\r\n");
    }

    @Test
    void aClientThatAsksIsToldToGoOnOnlyWhenTheBodyIsWanted() throws IOException {
        try (Socket socket = connect()) {
            write(socket, put("/echo", "Content-Length: 2\r\nExpect: 100-continue\r\n", ""));
            byte[] answer = socket.getInputStream().readNBytes(25);
            assertThat(answer).asString(StandardCharsets.US_ASCII).isEqualTo("HTTP/1.1 100 Continue\r\n\r\n");
            write(socket, "hi");
            socket.shutdownOutput();
            assertThat(readAll(socket)).startsWith("HTTP/1.1 200 OK\r\n").endsWith("hi");
        }
        try (Socket socket = connect()) {
            write(socket, put("/refuse", "Content-Length: 2\r\nExpect: 100-continue\r\n", ""));
            assertThat(readAll(socket)).startsWith("HTTP/1.1 412 ").contains("Connection: close");
        }
    }

    @Test
    void aRefusalReachesAClientThatIsStillSending() throws IOException {
        try (Socket socket = connect()) {
            write(socket, put("/refuse", "Content-Length: 8000000\r\n", ""));
            OutputStream out = socket.getOutputStream();
            for (int i = 0; i < 8; i++) {
                out.write(new byte[1_000_000]);
            }
            assertThat(readAll(socket)).startsWith("HTTP/1.1 412 ").endsWith("no");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "nonsense\r\n\r\n",
                "GET  /echo HTTP/1.1\r\nHost: x\r\n\r\n",
                "get /echo HTTP/1.1\r\nHost: x\r\n\r\n",
                "GET echo HTTP/1.1\r\nHost: x\r\n\r\n",
                "GET /echo HTTP/1.1\r\n\r\n",
                "GET /echo HTTP/1.1\r\nHost: x\r\nHost: y\r\n\r\n",
                "GET /echo HTTP/1.1\r\nHost: x\r\n folded: y\r\n\r\n",
                "GET /echo HTTP/1.1\r\nHost: x\r\nNo Token: y\r\n\r\n",
                "GET /echo HTTP/1.1\r\nHost: x\r\nA: \001\r\n\r\n",
                "PUT /echo HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n",
                "PUT /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 1\r\n\r\na",
                "PUT /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                "PUT /echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: gzip\r\n\r\n",
                "PUT /echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n\r\n",
                "GET /echo HTTP/1.1\r\nHost: x\r\nCut"
            })
    void whatIsNotHttpIsRefused(String request) throws IOException {
        assertThat(talk(request))
                .startsWith("HTTP/1.1 400 ")
                .contains("Connection: close")
                .contains("<Code>BadRequest");
    }

    @Test
    void otherVersionsAndEndlessHeadersAreRefused() throws IOException {
        assertThat(talk("GET / HTTP/2.0\r\nHost: x\r\n\r\n")).startsWith("HTTP/1.1 505 ");
        assertThat(talk("GET /" + "a".repeat(5_000))).startsWith("HTTP/1.1 431 ");
        assertThat(talk("GET / HTTP/1.1\r\nHost: x\r\n" + "A: b\r\n".repeat(1_000)))
                .startsWith("HTTP/1.1 431 ");
    }

    @Test
    void aBodyThatEndsEarlyIsNotTakenForAWholeOne() throws IOException {
        assertThat(talk(put("/length", "Content-Length: 10\r\n", "short"))).endsWith("-1");
        assertThat(talk(put("/length", "Transfer-Encoding: chunked\r\n", "5\r\nabcde\r\n")))
                .endsWith("-1");
    }

    @Test
    void clientsThatDawdleAreSentAway() throws IOException {
        for (String beginning : List.of("GET /ec", put("/length", "Content-Length: 10\r\n", "abc"))) {
            try (Socket socket = connect()) {
                write(socket, beginning);
                assertThat(dropped(socket)).as(beginning).isTrue();
            }
        }
    }

    @Test
    void aHeadThatTricklesInIsNotWaitedForForEver() throws IOException, InterruptedException {
        try (Socket socket = connect()) {
            long start = System.nanoTime();
            try {
                for (char c : get("/echo").repeat(3).toCharArray()) {
                    write(socket, String.valueOf(c));
                    Thread.sleep(200);
                }
            } catch (SocketException dropped) {
                // As it should be.
            }
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(8));
        }
    }

    private static boolean dropped(Socket socket) throws IOException {
        try {
            return socket.getInputStream().readAllBytes().length < 200;
        } catch (SocketException reset) {
            return true;
        }
    }

    @Test
    void aClientThatReadsNothingIsSentAway() throws IOException, InterruptedException {
        Files.write(folder.resolve("file"), new byte[64 << 20]);
        try (Socket socket = connect()) {
            write(socket, get("/file"));
            Thread.sleep(4_000);
            long received = 0;
            try {
                received = socket.getInputStream().skip(Long.MAX_VALUE);
            } catch (SocketException reset) {
                // Dropped even more thoroughly.
            }
            assertThat(received).isLessThan(64 << 20);
        }
    }

    @Test
    void connectionsAreLimitedAndTheOthersWait() throws IOException, InterruptedException {
        Socket[] four = {connect(), connect(), connect(), connect()};
        try (Socket fifth = connect()) {
            write(fifth, get("/stream"));
            Thread.sleep(300);
            assertThat(fifth.getInputStream().available()).isZero();
            four[0].close();
            assertThat(fifth.getInputStream().readNBytes(12))
                    .asString(StandardCharsets.US_ASCII)
                    .isEqualTo("HTTP/1.1 200");
        } finally {
            for (Socket socket : four) {
                socket.close();
            }
        }
    }
}
