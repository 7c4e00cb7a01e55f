package comfybucket.store.s3;

import static org.assertj.core.api.Assertions.assertThat;

import comfybucket.store.LocalStore;
import comfybucket.store.StoreOptions;
import comfybucket.store.TestClient;
import comfybucket.store.TestClient.Answer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What clients that behave never send, and what they are not to be given. */
class S3HandlerTest {
    @TempDir
    private static Path folder;

    private static LocalStore store;
    private static TestClient client;

    @BeforeAll
    static void start() throws IOException {
        store = LocalStore.open(folder, StoreOptions.defaults().withForce(false));
        client = TestClient.of(store);
    }

    @AfterAll
    static void stop() throws IOException {
        store.close();
    }

    private static Answer put(String key, String body, String... headers) throws IOException {
        return client.send("PUT", "/comfyui/" + key, body, headers);
    }

    private static Answer get(String key, String... headers) throws IOException {
        return client.send("GET", "/comfyui/" + key, "", headers);
    }

    private static void assertError(Answer answer, int status, String code) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(status);
        assertThat(answer.element("Code")).isEqualTo(code);
        assertThat(answer.element("Message")).isNotEmpty();
        assertThat(answer.element("RequestId")).isEqualTo(answer.headers().get("x-amz-request-id"));
    }

    @Test
    void strangersGetNothing() throws IOException {
        put("secret.txt", "secret");
        assertThat(get("secret.txt").body()).isEqualTo("secret");
        for (String target : new String[] {"/", "/comfyui", "/comfyui/secret.txt", "/comfyui/../.comfy-bucket/port"}) {
            assertError(client.sendUnsigned("GET", target), 403, "AccessDenied");
        }
        Answer preflight = client.sendUnsigned("OPTIONS", "/comfyui/secret.txt");
        assertThat(preflight.status()).isEqualTo(403);
        assertThat(preflight.headers()).doesNotContainKey("access-control-allow-origin");
        TestClient other = new TestClient(store.endpoint(), store.accessKey(), "another secret of theirs");
        assertError(other.send("GET", "/comfyui/secret.txt", ""), 403, "SignatureDoesNotMatch");
        TestClient unknown = new TestClient(store.endpoint(), "AKIAUNKNOWN", store.secretKey());
        assertError(unknown.send("GET", "/comfyui/secret.txt", ""), 403, "InvalidAccessKeyId");
    }

    /** A page that has rebound its own name to our address sends that name. */
    @ParameterizedTest
    @ValueSource(strings = {"evil.example", "127.0.0.1.evil.example", "localhost.evil.example:80", "192.168.1.2", ""})
    void otherHostsAreNotServed(String host) throws IOException {
        assertThat(statusFor(host)).isEqualTo(403);
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "localhost:1", "LOCALHOST", "[::1]:2"})
    void everyLoopbackNameIsServed(String host) throws IOException {
        assertThat(statusFor(host))
                .as("refused for the signature, which is looked at next")
                .isEqualTo(403);
        try (Socket socket =
                new Socket(InetAddress.getLoopbackAddress(), store.endpoint().getPort())) {
            assertThat(exchange(socket, host)).contains("<Code>AccessDenied").doesNotContain("ForbiddenHost");
        }
    }

    private static int statusFor(String host) throws IOException {
        try (Socket socket =
                new Socket(InetAddress.getLoopbackAddress(), store.endpoint().getPort())) {
            String answer = exchange(socket, host);
            return Integer.parseInt(answer.substring(9, 12));
        }
    }

    private static String exchange(Socket socket, String host) throws IOException {
        String request = "GET /comfyui HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n";
        socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
    }

    @Test
    void aBodyThatIsNotWhatWasSignedLeavesNothing() throws IOException {
        String otherHash = "0".repeat(64);
        assertError(put("wrong", "body", "x-amz-content-sha256", otherHash), 400, "XAmzContentSHA256Mismatch");
        assertError(put("wrong", "body", "x-amz-content-sha256", "nonsense"), 400, "InvalidArgument");
        assertError(put("wrong", "body", "content-md5", "XrY7u+Ae7tCTyyK7j1rNww=="), 400, "BadDigest");
        assertError(put("wrong", "body", "content-md5", "short"), 400, "InvalidDigest");
        assertError(put("wrong", "body", "x-amz-checksum-crc32", "AAAAAA=="), 400, "BadDigest");
        assertError(put("wrong", "body", "x-amz-checksum-crc32", "AA=="), 400, "InvalidRequest");
        assertError(put("wrong", "body", "x-amz-checksum-crc64nvme", "AAAAAAAAAAA="), 400, "BadDigest");
        assertError(get("wrong"), 404, "NoSuchKey");
        put("right", "body"); // so that there are sidecars to look through
        try (Stream<Path> staged = Files.walk(folder.resolve(".comfy-bucket/staging"))) {
            assertThat(staged.filter(Files::isRegularFile)).allMatch(file -> file.endsWith("lock"));
        }
        try (Stream<Path> sidecars = Files.walk(folder.resolve(".comfy-bucket/meta"))) {
            assertThat(sidecars.filter(Files::isRegularFile)).noneMatch(S3HandlerTest::isAboutWrong);
        }
    }

    private static boolean isAboutWrong(Path sidecar) {
        try {
            return Files.readString(sidecar).contains("key=wrong");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void everyChecksumIsKeptAndTold() throws IOException {
        for (String sum : new String[] {"crc32 NSRBwg==", "crc32c 4waSgw==", "crc64nvme rosUhgp5mIg="}) {
            String[] words = sum.split(" ", -1);
            String body = words[0].equals("crc32") ? "abc" : "123456789";
            String header = "x-amz-checksum-" + words[0];
            assertThat(put("sum", body, header, words[1]).status()).isEqualTo(200);
            assertThat(get("sum", "x-amz-checksum-mode", "ENABLED").headers())
                    .containsEntry(header, words[1])
                    .containsEntry("x-amz-checksum-type", "FULL_OBJECT");
            assertThat(get("sum").headers()).doesNotContainKey(header);
        }
    }

    @Test
    void trailersAreReadAndChecked() throws IOException {
        String chunks = "9\r\n123456789\r\n0\r\nx-amz-checksum-crc64nvme:%s\r\n\r\n";
        String[] headers = {
            "x-amz-content-sha256", "STREAMING-UNSIGNED-PAYLOAD-TRAILER",
            "x-amz-decoded-content-length", "9",
            "x-amz-trailer", "x-amz-checksum-crc64nvme",
            "content-encoding", "aws-chunked,gzip"
        };
        assertThat(put("trailed", chunks.formatted("rosUhgp5mIg="), headers).status())
                .isEqualTo(200);
        Answer answer = get("trailed");
        assertThat(answer.body()).isEqualTo("123456789");
        assertThat(answer.headers()).containsEntry("content-encoding", "gzip");
        assertError(put("trailed", chunks.formatted("AAAAAAAAAAA="), headers), 400, "BadDigest");
        assertError(put("trailed", "9\r\n123456789\r\n0\r\n\r\n", headers), 400, "InvalidRequest");
        headers[3] = "8";
        assertError(put("trailed", chunks.formatted("rosUhgp5mIg="), headers), 400, "IncompleteBody");
    }

    @Test
    void keysAreLimitedLikeS3s() throws IOException {
        assertThat(put("k".repeat(1_024), "").status()).isEqualTo(200);
        assertThat(get("k".repeat(1_024)).status()).isEqualTo(200);
        assertError(put("k".repeat(1_025), ""), 400, "KeyTooLongError");
        assertError(client.sendUnsigned("GET", "/comfyui/%ff"), 400, "InvalidURI");
        assertError(client.sendUnsigned("GET", "/comfyui/a?%ff"), 400, "InvalidURI");
    }

    @Test
    void whatWouldBeAnEmptyPromiseIsRefused() throws IOException {
        assertError(put("p", "", "x-amz-server-side-encryption", "AES256"), 501, "NotImplemented");
        assertError(put("p", "", "x-amz-acl", "public-read"), 501, "NotImplemented");
        assertError(put("p", "", "x-amz-storage-class", "CHEAP"), 400, "InvalidStorageClass");
        assertError(client.send("GET", "/comfyui?policy", ""), 501, "NotImplemented");
        assertError(client.send("GET", "/comfyui/p?versionId=1", ""), 404, "NoSuchVersion");
        assertError(put("p", "", "x-amz-meta-long", "v".repeat(2_100)), 400, "MetadataTooLarge");
        assertError(put("p", "", "x-amz-tagging", "a=1&a=2"), 400, "InvalidTag");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "<",
                "<Delete/>",
                "<Delete><Object/></Delete>",
                "<Other><Object><Key>a</Key></Object></Other>",
                "<Delete><Object><Key>a</Key></Object></Delete>behind",
                "<!DOCTYPE Delete [<!ENTITY e SYSTEM \"file:///etc/passwd\">]><Delete><Object><Key>&e;</Key></Object></Delete>",
                "<!DOCTYPE d [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;\">]><Delete><Object><Key>&b;</Key></Object></Delete>",
                "<Delete><Object><Key>&unknown;</Key></Object></Delete>",
                "<a><a><a><a><a><a><a><a><a><a><a></a></a></a></a></a></a></a></a></a></a></a>"
            })
    void documentsThatAreNotWhatS3TakesAreRefused(String document) throws IOException {
        assertError(client.send("POST", "/comfyui?delete", document), 400, "MalformedXML");
    }

    @Test
    void documentsAreLimited() throws IOException {
        assertError(client.send("POST", "/comfyui?delete", new byte[5 << 20]), 400, "EntityTooLarge");
        String many = "<Object><Key>a</Key></Object>".repeat(1_001);
        assertError(client.send("POST", "/comfyui?delete", "<Delete>" + many + "</Delete>"), 400, "MalformedXML");
    }

    @Test
    void listsSayWhatIsWrongWithAQuestion() throws IOException {
        assertError(client.send("GET", "/comfyui?list-type=2&max-keys=-1", ""), 400, "InvalidArgument");
        assertError(client.send("GET", "/comfyui?encoding-type=html&list-type=2", ""), 400, "InvalidArgument");
        assertError(client.send("GET", "/comfyui?continuation-token=%2F%2F&list-type=2", ""), 400, "InvalidArgument");
        assertError(client.send("GET", "/no-such-bucket?list-type=2", ""), 404, "NoSuchBucket");
        Answer none = client.send("GET", "/comfyui?list-type=2&max-keys=0", "");
        assertThat(none.element("IsTruncated")).isEqualTo("false");
        assertThat(none.element("KeyCount")).isEqualTo("0");
    }

    @Test
    void conditionalReadsFollowTheRfc() throws IOException {
        String etag = put("conditional", "x").headers().get("etag");
        String modified = get("conditional").headers().get("last-modified");
        String before = "Sun, 06 Nov 1994 08:49:37 GMT";
        assertThat(get("conditional", "if-none-match", etag).status()).isEqualTo(304);
        assertThat(get("conditional", "if-none-match", "\"other\"", "if-modified-since", modified)
                        .status())
                .isEqualTo(200);
        assertThat(get("conditional", "if-modified-since", modified).status()).isEqualTo(304);
        assertThat(get("conditional", "if-modified-since", before).status()).isEqualTo(200);
        assertThat(get("conditional", "if-unmodified-since", before).status()).isEqualTo(412);
        assertThat(get("conditional", "if-match", etag, "if-unmodified-since", before)
                        .status())
                .isEqualTo(200);
        assertThat(get("conditional", "if-match", "\"a\", " + etag).status()).isEqualTo(200);
        assertThat(get("conditional", "if-match", "\"a\"").status()).isEqualTo(412);
    }

    @Test
    void rangesThatMakeNoSenseAreIgnoredAndThoseBehindTheEndRefused() throws IOException {
        put("ranged", "0123456789");
        for (String range : new String[] {"bytes=5-2", "bytes=-", "bytes=1-2,4-5", "lines=1-2", "bytes=a-b"}) {
            assertThat(get("ranged", "range", range).body()).as(range).isEqualTo("0123456789");
        }
        Answer behind = get("ranged", "range", "bytes=10-");
        assertError(behind, 416, "InvalidRange");
        assertThat(behind.element("ActualObjectSize")).isEqualTo("10");
        assertError(get("ranged", "range", "bytes=-0"), 416, "InvalidRange");
        put("empty", "");
        assertError(get("empty", "range", "bytes=0-"), 416, "InvalidRange");
    }
}
