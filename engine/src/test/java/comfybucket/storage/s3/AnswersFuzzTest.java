package comfybucket.storage.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import comfybucket.assurance.Assurance;
import comfybucket.assurance.Promise;
import comfybucket.error.CloudException;
import comfybucket.error.Problem;
import comfybucket.storage.GetOptions;
import comfybucket.storage.KeyPrefix;
import comfybucket.storage.ListPage;
import comfybucket.storage.ListRequest;
import comfybucket.storage.MultipartUpload;
import comfybucket.storage.ObjectContent;
import comfybucket.storage.ObjectKey;
import comfybucket.storage.ObjectStore;
import comfybucket.storage.PutOptions;
import comfybucket.store.faults.Fuzz;
import comfybucket.store.faults.Seed;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpFullResponse;
import software.amazon.awssdk.http.SdkHttpMethod;

/** What a store answers, damaged, in every operation that reads an answer: a result or an error of the catalogue. */
class AnswersFuzzTest {
    private static final ObjectKey KEY = new ObjectKey("folder/key");

    private static final List<byte[]> EXAMPLES = Stream.of(
                    """
                    200\nETag: "a"\nx-amz-meta-comfy-bucket-sha256: 00\nContent-Range: bytes 0-9/100\nContent-Length: 10
                    Last-Modified: Wed, 01 Jan 2025 00:00:00 GMT\nx-amz-checksum-crc64nvme: AAAAAAAAAAA=\n\n0123456789""", """
                    200\nContent-Type: application/xml\n
                    <?xml version="1.0" encoding="UTF-8"?><ListBucketResult><IsTruncated>true</IsTruncated>
                    <EncodingType>url</EncodingType><NextContinuationToken>a</NextContinuationToken>
                    <Contents><Key>folder/a%20b</Key><Size>1</Size><ETag>&quot;a&quot;</ETag>
                    <LastModified>2025-01-01T00:00:00.000Z</LastModified></Contents>
                    <CommonPrefixes><Prefix>folder/b/</Prefix></CommonPrefixes></ListBucketResult>""", """
                    200\n\n<InitiateMultipartUploadResult><UploadId>u</UploadId></InitiateMultipartUploadResult>""", """
                    200\n\n<ListPartsResult><IsTruncated>false</IsTruncated><Part><PartNumber>1</PartNumber>
                    <ETag>"a"</ETag><Size>5</Size></Part></ListPartsResult>""", """
                    200\n\n<ListMultipartUploadsResult><IsTruncated>false</IsTruncated><Upload><Key>k</Key>
                    <UploadId>u</UploadId><Initiated>2025-01-01T00:00:00.000Z</Initiated></Upload>
                    </ListMultipartUploadsResult>""", """
                    403\nDate: Wed, 01 Jan 2025 00:00:00 GMT\nx-amz-bucket-region: eu-west-1\nLocation: http://a/b
                    Retry-After: 1\n\n<Error><Code>AccessDenied</Code><Message>no</Message></Error>""", "503\nRetry-After: 3\n\n<Error><Code>SlowDown</Code></Error>")
            .map(text -> text.getBytes(StandardCharsets.UTF_8))
            .toList();

    private static final List<byte[]> WORDS = Stream.of(
                    "NoSuchKey",
                    "AuthorizationHeaderMalformed",
                    "expecting 'x'",
                    "<Key>",
                    "</Key>",
                    "bytes 9-1/0",
                    "\"",
                    "W/\"")
            .map(word -> word.getBytes(StandardCharsets.UTF_8))
            .toList();

    private byte[] answer;

    @Test
    void eachAnswerIsUnderstoodOrReported() throws Exception {
        int executions = Fuzz.executions(10_000);
        try (S3Store store = store()) {
            Seed.play(seed -> {
                Fuzz.run(seed, executions, EXAMPLES, WORDS, input -> ask(store, input));
                Assurance.shown(
                        Promise.PARSERS,
                        "damaged answers of a store",
                        "%,d executions, 0 crashes, 0 longer than 1 s (seed %d)".formatted(executions, seed));
            });
        }
    }

    @Test
    void aPauseBelowZeroIsNone() {
        answer = "403\nRetry-After: -1\n\n<Error><Code>AccessDenied</Code></Error>".getBytes(StandardCharsets.US_ASCII);
        try (S3Store store = store()) {
            assertThatThrownBy(() -> store.copy(KEY, new ObjectKey("other")))
                    .isInstanceOfSatisfying(
                            CloudException.class, e -> assertThat(e.problem()).isEqualTo(Problem.ACCESS_DENIED));
        }
    }

    @Test
    void anUploadWithoutAnIdIsABadReply() {
        answer = "200\n\n<InitiateMultipartUploadResult><UploadId></UploadId></InitiateMultipartUploadResult>"
                .getBytes(StandardCharsets.US_ASCII);
        try (S3Store store = store()) {
            assertThatThrownBy(() -> store.multipart().create(KEY, PutOptions.REPLACE))
                    .isInstanceOf(CloudException.class);
        }
        answer = """
                200\n\n<ListMultipartUploadsResult><IsTruncated>false</IsTruncated><Upload><Key>k</Key><UploadId></UploadId>
                <Initiated>2025-01-01T00:00:00.000Z</Initiated></Upload></ListMultipartUploadsResult>""".getBytes(StandardCharsets.US_ASCII);
        try (S3Store store = store()) {
            assertThatThrownBy(() -> store.multipart().open(KeyPrefix.NONE).forEach(open -> {}))
                    .isInstanceOf(CloudException.class);
        }
    }

    @Test
    void numbersThatMakeNoSenseAreABadReply() {
        answer = """
                200\n\n<ListBucketResult><IsTruncated>false</IsTruncated><Contents><Key>folder/a</Key><Size>-1</Size>
                <ETag>"a"</ETag><LastModified>2025-01-01T00:00:00.000Z</LastModified></Contents></ListBucketResult>""".getBytes(StandardCharsets.US_ASCII);
        try (S3Store store = store()) {
            assertThatThrownBy(() -> store.list(ListRequest.folder(new KeyPrefix("folder/")))
                            .forEach(page -> {}))
                    .isInstanceOf(CloudException.class);
        }
        answer = """
                200\n\n<ListPartsResult><IsTruncated>false</IsTruncated><Part><PartNumber>0</PartNumber>
                <ETag>"a"</ETag><Size>5</Size></Part></ListPartsResult>""".getBytes(StandardCharsets.US_ASCII);
        MultipartUpload upload = new MultipartUpload(KEY, "u", Instant.EPOCH, Optional.empty());
        try (S3Store store = store()) {
            assertThatThrownBy(() -> store.multipart().parts(upload).forEach(part -> {}))
                    .isInstanceOf(CloudException.class);
        }
    }

    private S3Store store() {
        Duration nothing = Duration.ofSeconds(20);
        RetryPolicy once = new RetryPolicy(1, Duration.ZERO, Duration.ZERO, Duration.ZERO, nothing);
        Timeouts timeouts = new Timeouts(nothing, nothing, nothing, nothing);
        S3Connection connection = Connections.to(URI.create("http://127.0.0.1:1"), "bucket", "a", "s");
        return new S3Store(connection, new Answering(), timeouts, once, new Random(1));
    }

    private void ask(ObjectStore store, byte[] input) throws IOException {
        answer = input;
        MultipartUpload upload = new MultipartUpload(KEY, "u", Instant.EPOCH, Optional.empty());
        try {
            switch (Math.floorMod(Arrays.hashCode(input), 8)) {
                case 0 -> store.head(KEY);
                case 1 -> {
                    try (ObjectContent content = store.get(KEY, GetOptions.WHOLE)) {
                        content.bytes().readAllBytes();
                    }
                }
                case 2, 3 -> {
                    for (ListPage page : store.list(ListRequest.folder(new KeyPrefix("folder/")))) {
                        page.objects().forEach(object -> object.key().value());
                    }
                }
                case 4 -> store.multipart().create(KEY, PutOptions.REPLACE);
                case 5 -> store.multipart().parts(upload).forEach(part -> {});
                case 6 -> store.multipart().open(KeyPrefix.NONE).forEach(open -> {});
                default -> store.copy(KEY, new ObjectKey("other"));
            }
        } catch (CloudException reported) {
            // As it should be.
        }
    }

    /** Gives the same answer to every request, without a network. */
    private final class Answering implements HttpLayer {
        @Override
        public ProxySettings proxies() {
            return ProxySettings.NONE;
        }

        @Override
        public SdkHttpClient open(S3Connection connection, Timeouts timeouts) {
            return new SdkHttpClient() {
                @Override
                public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
                    return new ExecutableHttpRequest() {
                        @Override
                        public HttpExecuteResponse call() {
                            return parsed(request.httpRequest().method() != SdkHttpMethod.HEAD);
                        }

                        @Override
                        public void abort() {
                            // There is nothing that runs.
                        }
                    };
                }

                @Override
                public void close() {
                    // There is nothing open.
                }
            };
        }
    }

    /** @param hasBody false for HEAD, whose answers have none: what follows their headers is never read as one */
    private HttpExecuteResponse parsed(boolean hasBody) {
        String text = new String(answer, StandardCharsets.ISO_8859_1);
        int end = text.indexOf("\n\n");
        String[] lines = (end < 0 ? text : text.substring(0, end)).split("\n", -1);
        SdkHttpFullResponse.Builder response = SdkHttpFullResponse.builder();
        response.statusCode(lines[0].matches("[2-5][0-9][0-9]") ? Integer.parseInt(lines[0]) : 200);
        for (int i = 1; i < lines.length; i++) {
            int colon = lines[i].indexOf(':');
            if (colon > 0) {
                response.appendHeader(
                        lines[i].substring(0, colon),
                        lines[i].substring(colon + 1).strip());
            }
        }
        byte[] body =
                end < 0 || !hasBody ? new byte[0] : text.substring(end + 2).getBytes(StandardCharsets.ISO_8859_1);
        return HttpExecuteResponse.builder()
                .response(response.build())
                .responseBody(AbortableInputStream.create(new ByteArrayInputStream(body)))
                .build();
    }
}
