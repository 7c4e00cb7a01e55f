package comfybucket.store.sign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import comfybucket.store.http.Headers;
import comfybucket.store.http.Request;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/**
 * The examples of the S3 documentation ("Signature Calculations for the Authorization Header", "... by Query
 * Parameters", "... in Multiple Chunks"), with the signatures printed there.
 */
class SignatureCheckTest {
    private static final Credentials CREDENTIALS =
            new Credentials("AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY");
    private static final Instant THEN = Instant.parse("2013-05-24T00:00:00Z");
    private static final String EMPTY = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
    private static final String LINK = "X-Amz-Algorithm=AWS4-HMAC-SHA256"
            + "&X-Amz-Credential=AKIAIOSFODNN7EXAMPLE%2F20130524%2Fus-east-1%2Fs3%2Faws4_request"
            + "&X-Amz-Date=20130524T000000Z&X-Amz-Expires=86400&X-Amz-SignedHeaders=host"
            + "&X-Amz-Signature=aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404";

    private static Request request(String method, String path, String query, String... headers) {
        return requestTo("examplebucket.s3.amazonaws.com", method, path, query, headers);
    }

    private static Request requestTo(String host, String method, String path, String query, String... headers) {
        Headers.Builder all = new Headers.Builder().add("Host", host);
        for (int i = 0; i < headers.length; i += 2) {
            all.add(headers[i], headers[i + 1]);
        }
        return new Request(method, path, query, all.build(), InputStream.nullInputStream(), 0);
    }

    private static Request signed(String range, String signature) {
        return request(
                "GET",
                "/test.txt",
                "",
                "Authorization",
                authorization("host;range;x-amz-content-sha256;x-amz-date", signature),
                "Range",
                range,
                "x-amz-content-sha256",
                EMPTY,
                "x-amz-date",
                "20130524T000000Z");
    }

    private static String authorization(String headers, String signature) {
        return "AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request,SignedHeaders="
                + headers + ",Signature=" + signature;
    }

    private static final String GET_SIGNATURE = "f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41";

    private static Verified verify(Request request, Instant now) throws DeniedException {
        return new SignatureCheck(CREDENTIALS, InstantSource.fixed(now))
                .verify(
                        request,
                        Uri.decode(request.path()).orElseThrow(),
                        Query.parse(request.query()).orElseThrow());
    }

    private static void assertDenied(String code, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        DeniedException.class,
                        denied -> assertThat(denied.code()).isEqualTo(code));
    }

    @Test
    void theExampleSignedByHeader() throws DeniedException {
        assertThat(verify(signed("bytes=0-9", GET_SIGNATURE), THEN).payload()).isEqualTo(EMPTY);
    }

    @Test
    void theExampleWithAnEncodedQuery() throws DeniedException {
        Request list = request(
                "GET",
                "/",
                "max-keys=2&prefix=J",
                "Authorization",
                authorization(
                        "host;x-amz-content-sha256;x-amz-date",
                        "34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7"),
                "x-amz-content-sha256",
                EMPTY,
                "x-amz-date",
                "20130524T000000Z");
        assertThat(verify(list, THEN).payload()).isEqualTo(EMPTY);
    }

    @Test
    void theExampleSignedInItsUrlForAsLongAsItIsGood() throws DeniedException {
        Request link = request("GET", "/test.txt", LINK);
        Duration good = Duration.ofDays(1);
        assertThat(verify(link, THEN).payload()).isEqualTo("UNSIGNED-PAYLOAD");
        assertThat(verify(link, THEN.plus(good)).payload()).isEqualTo("UNSIGNED-PAYLOAD");
        assertDenied("AccessDenied", () -> verify(link, THEN.plus(good).plusSeconds(1)));
        assertDenied("AccessDenied", () -> verify(link, THEN.minus(Duration.ofMinutes(16))));
    }

    @Test
    void whateverIsChangedIsFound() {
        assertDenied("SignatureDoesNotMatch", () -> verify(signed("bytes=0-8", GET_SIGNATURE), THEN));
        assertDenied("SignatureDoesNotMatch", () -> verify(signed("bytes=0-9", GET_SIGNATURE.replace('f', 'e')), THEN));
        assertDenied("SignatureDoesNotMatch", () -> verify(request("PUT", "/test.txt", LINK), THEN));
        assertDenied("SignatureDoesNotMatch", () -> verify(request("GET", "/test.tx", LINK), THEN));
        assertDenied("SignatureDoesNotMatch", () -> verify(request("GET", "/test.txt", LINK + "&tagging"), THEN));
        assertDenied(
                "AuthorizationQueryParametersError",
                () -> verify(request("GET", "/test.txt", LINK.replace("86400", "604801")), THEN));
        assertDenied(
                "AccessDenied", () -> verify(request("GET", "/test.txt", LINK, "x-amz-meta-added", "later"), THEN));
    }

    @Test
    void nobodyIsLetInWithoutASignature() {
        assertDenied("AccessDenied", () -> verify(request("GET", "/test.txt", ""), THEN));
        assertDenied("InvalidRequest", () -> verify(request("GET", "/", "", "Authorization", "AWS AKIA:sig"), THEN));
        assertDenied(
                "AuthorizationHeaderMalformed",
                () -> verify(request("GET", "/", "", "Authorization", "AWS4-HMAC-SHA256 nonsense"), THEN));
    }

    @Test
    void aClockThatIsMoreThanAQuarterOfAnHourOffIsTold() throws DeniedException {
        Request request = signed("bytes=0-9", GET_SIGNATURE);
        assertThat(verify(request, THEN.plus(Duration.ofMinutes(15)))).isNotNull();
        assertThatThrownBy(() -> verify(request, THEN.plus(Duration.ofMinutes(16))))
                .isInstanceOfSatisfying(DeniedException.class, denied -> {
                    assertThat(denied.code()).isEqualTo("RequestTimeTooSkewed");
                    assertThat(denied.details()).containsEntry("ServerTime", "2013-05-24T00:16:00Z");
                });
        assertDenied("RequestTimeTooSkewed", () -> verify(request, THEN.minus(Duration.ofMinutes(16))));
    }

    private static Verified chunkedExample() throws DeniedException {
        return verify(
                requestTo(
                        "s3.amazonaws.com",
                        "PUT",
                        "/examplebucket/chunkObject.txt",
                        "",
                        "Authorization",
                        authorization(
                                "content-encoding;content-length;host;x-amz-content-sha256;x-amz-date;"
                                        + "x-amz-decoded-content-length;x-amz-storage-class",
                                "4f232c4386841ef735655705268965c44a0e4690baa4adea153f7db9fa80a0a9"),
                        "content-encoding",
                        "aws-chunked",
                        "content-length",
                        "66824",
                        "x-amz-content-sha256",
                        "STREAMING-AWS4-HMAC-SHA256-PAYLOAD",
                        "x-amz-date",
                        "20130524T000000Z",
                        "x-amz-decoded-content-length",
                        "66560",
                        "x-amz-storage-class",
                        "REDUCED_REDUNDANCY"),
                THEN);
    }

    private static byte[] chunks(String middle) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        String[][] chunks = {
            {"a".repeat(65_536), "ad80c730a21e5b8d04586a2213dd63b9a0e99e0e2307b0ade35a65485a288648"},
            {middle, "0055627c9e194cb4542bae2aa5492e3c1575bbb81b612b7d234b86a503ef5497"},
            {"", "b6c6ea8a5354eaf15b3cb7646744f4275b71ea724fed81ceb9323e279d449df9"}
        };
        for (String[] chunk : chunks) {
            String head = Integer.toHexString(chunk[0].length()) + ";chunk-signature=" + chunk[1] + "\r\n";
            body.write((head + chunk[0] + "\r\n").getBytes(StandardCharsets.US_ASCII));
        }
        return body.toByteArray();
    }

    @Test
    void theExampleInSignedChunks() throws DeniedException, IOException {
        InputStream in = new ByteArrayInputStream(chunks("a".repeat(1_024)));
        AwsChunkedBody body = AwsChunkedBody.of(in, chunkedExample()).orElseThrow();
        assertThat(body.readAllBytes()).asString(StandardCharsets.US_ASCII).isEqualTo("a".repeat(66_560));
    }

    @Test
    void aChunkThatWasChangedOrCutOffIsFound() throws DeniedException, IOException {
        InputStream changed = new ByteArrayInputStream(chunks("a".repeat(1_023) + "b"));
        AwsChunkedBody body = AwsChunkedBody.of(changed, chunkedExample()).orElseThrow();
        assertThatThrownBy(body::readAllBytes)
                .isInstanceOfSatisfying(
                        PayloadException.class,
                        problem -> assertThat(problem.code()).isEqualTo("SignatureDoesNotMatch"));
        byte[] whole = chunks("a".repeat(1_024));
        for (int length : new int[] {0, 50, 60_000, 66_000, 66_700}) {
            InputStream cut = new ByteArrayInputStream(whole, 0, length);
            AwsChunkedBody part = AwsChunkedBody.of(cut, chunkedExample()).orElseThrow();
            assertThatThrownBy(part::readAllBytes).as("%d bytes", length).isInstanceOf(IOException.class);
        }
    }
}
