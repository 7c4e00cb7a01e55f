package comfybucket.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReplyHeadTest {
    private static final Duration MOST = Duration.ofSeconds(20);

    @Test
    void aHeadIsTakenApart() throws Exception {
        ReplyHead head =
                read("HTTP/1.1 206 Partial Content\r\nETag: \"a\"\r\nX:\t two words \r\nx: again\r\nEmpty:\r\n\r\n");
        assertThat(head.status()).isEqualTo(206);
        assertThat(head.reason()).isEqualTo("Partial Content");
        assertThat(head.headers())
                .containsExactly(
                        new Header("ETag", "\"a\""),
                        new Header("X", "two words"),
                        new Header("x", "again"),
                        new Header("Empty", ""));
        assertThat(head.all("X")).containsExactly("two words", "again");
    }

    @Test
    void lineFeedsAloneAndNoReasonWillDo() throws Exception {
        assertThat(read("HTTP/1.0 200\nA: b\n\n").headers()).containsExactly(new Header("A", "b"));
        assertThat(read("HTTP/1.1 404 \r\n\r\n").reason()).isEmpty();
    }

    @Test
    void interimAnswersAreSkippedUpToSome() throws Exception {
        String interim = "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Hints\r\nLink: x\r\n\r\n";
        assertThat(read(interim + "HTTP/1.1 200 OK\r\n\r\n").status()).isEqualTo(200);
        assertThatThrownBy(() -> read(interim.repeat(10))).isInstanceOf(MalformedReplyException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "garbage\r\n\r\n",
                "<html>\n</html>\n\n",
                "PRI * HTTP/2.0\r\n\r\n",
                "HTTP/2 200 OK\r\n\r\n",
                "HTTP/1.1 20 OK\r\n\r\n",
                "HTTP/1.1 2000 OK\r\n\r\n",
                "HTTP/1.1 099 OK\r\n\r\n",
                "HTTP/1.1 abc OK\r\n\r\n",
                "HTTP/1.1  200 OK\r\n\r\n",
                "\r\nHTTP/1.1 200 OK\r\n\r\n",
                "HTTP/1.1 101 Switching Protocols\r\n\r\n",
                "HTTP/1.1 200 OK\r\nno colon\r\n\r\n",
                "HTTP/1.1 200 OK\r\n: no name\r\n\r\n",
                "HTTP/1.1 200 OK\r\nA : b\r\n\r\n",
                "HTTP/1.1 200 OK\r\nA: b\r\n folded: c\r\n\r\n",
                "HTTP/1.1 200 OK\r\nA: b\r\n\tfolded\r\n\r\n",
                "HTTP/1.1 200 OK\r\nA: b\rB: c\r\n\r\n",
                "HTTP/1.1 200 OK\r\nA: b\u0000c\r\n\r\n"
            })
    void whatIsNoHeadIsRefused(String text) {
        assertThatThrownBy(() -> read(text)).isInstanceOf(MalformedReplyException.class);
    }

    @Test
    void headsHaveLimits() throws Exception {
        String start = "HTTP/1.1 200 OK\r\n";
        assertThat(read(start + "A: b\r\n".repeat(256) + "\r\n").headers()).hasSize(256);
        assertThatThrownBy(() -> read(start + "A: b\r\n".repeat(257) + "\r\n"))
                .isInstanceOf(MalformedReplyException.class)
                .hasMessageContaining("too many headers");
        assertThatThrownBy(() -> read(start + "A: " + "x".repeat(1 << 16)))
                .isInstanceOf(MalformedReplyException.class)
                .hasMessageContaining("too long");
    }

    @Test
    void whatCanBeUnderstoodInTwoWaysIsRefused() {
        for (String headers : List.of(
                "Content-Length: 5\r\nContent-Length: 6\r\n",
                "Content-Length: 5, 5\r\n",
                "Content-Length: -1\r\n",
                "Content-Length: +1\r\n",
                "Content-Length: 0x5\r\n",
                "Content-Length: 9223372036854775808\r\n",
                "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n",
                "Transfer-Encoding: gzip, chunked\r\n",
                "Transfer-Encoding: identity\r\n",
                "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n")) {
            assertThatThrownBy(() -> framing("GET", "HTTP/1.1 200 OK\r\n" + headers + "\r\n"))
                    .as(headers)
                    .isInstanceOf(MalformedReplyException.class);
        }
        assertThatThrownBy(() -> framing("GET", "HTTP/1.0 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"))
                .isInstanceOf(MalformedReplyException.class);
    }

    @Test
    void theEndOfABodyIsKnown() throws Exception {
        String ok = "HTTP/1.1 200 OK\r\n";
        assertThat(framing("GET", ok + "Content-Length: 5\r\ncontent-length: 5\r\n\r\n"))
                .isEqualTo(new Framing.Fixed(5));
        assertThat(framing("GET", ok + "transfer-encoding: Chunked\r\n\r\n")).isEqualTo(new Framing.Chunked());
        assertThat(framing("GET", ok + "\r\n")).isEqualTo(new Framing.UntilEnd());
        assertThat(framing("HEAD", ok + "Content-Length: 5\r\n\r\n")).isEqualTo(new Framing.Fixed(0));
        assertThat(framing("GET", "HTTP/1.1 204 No Content\r\n\r\n")).isEqualTo(new Framing.Fixed(0));
        assertThat(framing("GET", "HTTP/1.1 304 Same\r\nContent-Length: 5\r\n\r\n"))
                .isEqualTo(new Framing.Fixed(0));
    }

    @Test
    void theServerSaysHowLongTheConnectionStays() throws Exception {
        assertThat(keeps("HTTP/1.1 200 OK\r\n\r\n")).isEqualTo(MOST);
        assertThat(keeps("HTTP/1.1 200 OK\r\nConnection: x, Close\r\n\r\n")).isZero();
        assertThat(keeps("HTTP/1.0 200 OK\r\n\r\n")).isZero();
        assertThat(keeps("HTTP/1.0 200 OK\r\nConnection: Keep-Alive\r\n\r\n")).isEqualTo(MOST);
        assertThat(keeps("HTTP/1.1 200 OK\r\nKeep-Alive: max=3, timeout=5\r\n\r\n"))
                .hasSeconds(5);
        assertThat(keeps("HTTP/1.1 200 OK\r\nKeep-Alive: timeout=500\r\n\r\n")).isEqualTo(MOST);
    }

    private static Duration keeps(String text) throws IOException {
        return read(text).keepsOpen(MOST);
    }

    private static Framing framing(String method, String text) throws IOException {
        return Framing.of(method, read(text));
    }

    private static ReplyHead read(String text) throws IOException {
        return ReplyHead.read(new Input(PiecesWire.of(text, text.length())));
    }
}
