package comfybucket.storage.s3;

import static org.assertj.core.api.Assertions.assertThat;

import comfybucket.store.faults.Seed;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.SignRequest;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;

/** Our signatures are those of AWS's documentation, and those that the SDK's signer makes. */
class RequestSignerTest {
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2013-05-24T00:00:00Z"), ZoneOffset.UTC);
    private static final AwsCredentialsIdentity DOCUMENTED =
            AwsBasicCredentials.create("AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY");
    private static final URI EXAMPLE = URI.create("https://examplebucket.s3.amazonaws.com");

    /** Those of "Signature calculations for the Authorization header". */
    @Test
    void theDocumentedExamples() {
        SdkHttpRequest get = request(SdkHttpMethod.GET, "/test.txt")
                .putHeader("Range", "bytes=0-9")
                .build();
        assertThat(authorization(signed(get, DOCUMENTED, Optional.empty())))
                .isEqualTo("AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request, "
                        + "SignedHeaders=host;range;x-amz-content-sha256;x-amz-date, "
                        + "Signature=f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41");

        SdkHttpRequest put = request(SdkHttpMethod.PUT, "/test%24file.text")
                .putHeader("Date", "Fri, 24 May 2013 00:00:00 GMT")
                .putHeader("x-amz-storage-class", "REDUCED_REDUNDANCY")
                .build();
        assertThat(authorization(signed(put, DOCUMENTED, Optional.of("Welcome to Amazon S3."))))
                .endsWith("SignedHeaders=date;host;x-amz-content-sha256;x-amz-date;x-amz-storage-class, "
                        + "Signature=98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd");

        SdkHttpRequest list = request(SdkHttpMethod.GET, "/")
                .putRawQueryParameter("max-keys", "2")
                .putRawQueryParameter("prefix", "J")
                .build();
        assertThat(authorization(signed(list, DOCUMENTED, Optional.empty())))
                .endsWith("Signature=34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7");
    }

    @Test
    void theSdksSignatures() throws Exception {
        Seed.play(seed -> {
            Random random = Seed.random(seed, 0);
            for (int run = 0; run < 500; run++) {
                SdkHttpRequest request = random(random);
                AwsCredentialsIdentity signer = random.nextBoolean()
                        ? DOCUMENTED
                        : AwsSessionCredentials.create(
                                "a" + run, "s" + text(random).strip(), "token" + run);
                Optional<String> body = request.method() == SdkHttpMethod.PUT
                        ? Optional.of(text(random).repeat(random.nextInt(2000)))
                        : Optional.empty();
                assertThat(signed(request, signer, body).headers())
                        .as("%s", request)
                        .isEqualTo(signedByTheSdk(request, signer, body).headers());
            }
        });
    }

    @Test
    void aBodyWhoseHashIsKnownIsNotRead() {
        BodyHash known = new BodyHash("0123456789abcdef".repeat(4));
        RequestSigner signer = new RequestSigner("us-east-1", CLOCK, () -> Optional.of(known));
        ContentStreamProvider unreadable = () -> {
            throw new AssertionError("It was read");
        };
        SdkHttpRequest put = request(SdkHttpMethod.PUT, "/a").build();
        SdkHttpRequest signed = signer.sign(SignRequest.builder(DOCUMENTED)
                        .request(put)
                        .payload(unreadable)
                        .build())
                .request();
        assertThat(signed.firstMatchingHeader("x-amz-content-sha256")).contains(known.hex());
    }

    private static SdkHttpRequest.Builder request(SdkHttpMethod method, String path) {
        return SdkHttpRequest.builder().method(method).uri(EXAMPLE).encodedPath(path);
    }

    private static SdkHttpRequest random(Random random) {
        SdkHttpMethod[] methods = {SdkHttpMethod.GET, SdkHttpMethod.PUT, SdkHttpMethod.HEAD, SdkHttpMethod.DELETE};
        String[] hosts = {
            "http://127.0.0.1:9000", "http://localhost:80", "https://s3.example:443", "https://b.s3.example"
        };
        SdkHttpRequest.Builder request = SdkHttpRequest.builder()
                .method(methods[random.nextInt(methods.length)])
                .uri(URI.create(hosts[random.nextInt(hosts.length)] + "/b/" + random.nextInt() + "//%C3%BC/../%2F"))
                .putHeader("User-Agent", "b2ai-comfyui/test")
                .putHeader("Content-Length", "" + random.nextInt(100))
                .putHeader("x-amz-meta-" + random.nextInt(5), text(random))
                .putHeader("X-Amz-Meta-Many", List.of("b", " a  c ", ""));
        for (int i = random.nextInt(4); i > 0; i--) {
            request.putRawQueryParameter(text(random), text(random));
        }
        if (random.nextBoolean()) {
            request.putRawQueryParameter("uploads", (String) null);
        }
        return request.build();
    }

    private static String text(Random random) {
        String all = "aZ0 -_.~!*'();:@&=+$,/?#[]%\"<>ü€𝄞\t";
        int[] points = all.codePoints().toArray();
        StringBuilder text = new StringBuilder("t");
        for (int i = random.nextInt(12); i > 0; i--) {
            text.appendCodePoint(points[random.nextInt(points.length)]);
        }
        return text.toString();
    }

    private static SdkHttpRequest signed(SdkHttpRequest request, AwsCredentialsIdentity signer, Optional<String> body) {
        HttpSigner<AwsCredentialsIdentity> ours = new RequestSigner("us-east-1", CLOCK, Optional::empty);
        return ours.sign(sign(request, signer, body).build()).request();
    }

    private static SdkHttpRequest signedByTheSdk(
            SdkHttpRequest request, AwsCredentialsIdentity signer, Optional<String> body) {
        return AwsV4HttpSigner.create()
                .sign(sign(request, signer, body)
                        .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, "s3")
                        .putProperty(AwsV4HttpSigner.REGION_NAME, "us-east-1")
                        .putProperty(HttpSigner.SIGNING_CLOCK, CLOCK)
                        .putProperty(AwsV4HttpSigner.DOUBLE_URL_ENCODE, false)
                        .putProperty(AwsV4HttpSigner.NORMALIZE_PATH, false)
                        .putProperty(AwsV4HttpSigner.PAYLOAD_SIGNING_ENABLED, true)
                        .putProperty(AwsV4HttpSigner.CHUNK_ENCODING_ENABLED, false)
                        .build())
                .request();
    }

    private static SignRequest.Builder<AwsCredentialsIdentity> sign(
            SdkHttpRequest request, AwsCredentialsIdentity signer, Optional<String> body) {
        SignRequest.Builder<AwsCredentialsIdentity> sign =
                SignRequest.builder(signer).request(request);
        body.ifPresent(
                text -> sign.payload(ContentStreamProvider.fromByteArray(text.getBytes(StandardCharsets.UTF_8))));
        return sign;
    }

    private static String authorization(SdkHttpRequest signed) {
        return signed.firstMatchingHeader("Authorization").orElseThrow();
    }
}
