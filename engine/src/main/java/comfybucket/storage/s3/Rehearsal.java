package comfybucket.storage.s3;

import comfybucket.storage.ObjectKey;
import comfybucket.storage.Payload;
import comfybucket.storage.PutOptions;
import java.net.URI;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpResponse;

/**
 * Uploads to a store that is not there. A process's first request takes many times as long as the next, since everything
 * that it needs has to be set up: the client, its signer, the parts of an upload and of an answer. Here that happens
 * without a connection, so that it can be done while there is nothing to send yet.
 */
public final class Rehearsal {
    private Rehearsal() {}

    /** Takes some tens of milliseconds and leaves nothing open. */
    public static void run() {
        S3Connection connection = new S3Connection(
                URI.create("http://localhost"),
                "us-east-1",
                "rehearsal",
                true,
                false,
                Optional.empty(),
                new S3Credentials.Fixed("rehearsal", "rehearsal", Optional.empty()),
                Set.of(),
                1,
                "b2ai-comfyui");
        Timeouts timeouts = Timeouts.STANDARD;
        RetryPolicy once = RetryPolicy.standard(timeouts.patience(), false).once();
        try (S3Store nowhere = new S3Store(connection, new Silent(), timeouts, once, new SplittableRandom())) {
            nowhere.put(new ObjectKey("rehearsal"), Payload.of(new byte[1]), PutOptions.REPLACE);
        }
    }

    /** Opens the layer that requests go through, and sends none. */
    private static final class Silent implements HttpLayer {
        private final StoreHttp real = new StoreHttp(ProxySettings.ofThisProcess());

        @Override
        public SdkHttpClient open(S3Connection connection, Timeouts timeouts) {
            return new Answers(real.open(connection, timeouts));
        }

        @Override
        public ProxySettings proxies() {
            return real.proxies();
        }
    }

    /** Success for everything that could be sent. */
    private record Answers(SdkHttpClient real) implements SdkHttpClient {
        @Override
        public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
            var _ = real.prepareRequest(request);
            return new ExecutableHttpRequest() {
                @Override
                public HttpExecuteResponse call() {
                    SdkHttpResponse created = SdkHttpResponse.builder()
                            .statusCode(200)
                            .putHeader("ETag", "\"0\"")
                            .build();
                    return HttpExecuteResponse.builder().response(created).build();
                }

                @Override
                public void abort() {}
            };
        }

        @Override
        public void close() {
            real.close();
        }
    }
}
