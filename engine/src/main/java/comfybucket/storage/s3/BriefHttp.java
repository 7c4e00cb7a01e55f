package comfybucket.storage.s3;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;

/**
 * For small questions, such as those for credentials: the whole answer comes in time, or none.
 *
 * @param limit for all of one request
 */
record BriefHttp(SdkHttpClient http, Duration limit) implements SdkHttpClient {
    private static final int LONGEST_ANSWER = 1 << 20;

    @Override
    public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
        return new Brief(http.prepareRequest(request), limit);
    }

    @Override
    public String clientName() {
        return http.clientName();
    }

    @Override
    public void close() {
        http.close();
    }

    private record Brief(ExecutableHttpRequest prepared, Duration limit) implements ExecutableHttpRequest {
        @Override
        public HttpExecuteResponse call() throws IOException {
            Watch watch = new Watch(limit, prepared::abort);
            try {
                HttpExecuteResponse response = prepared.call();
                byte[] body = new byte[0];
                if (response.responseBody().isPresent()) {
                    try (InputStream bytes = response.responseBody().get()) {
                        body = bytes.readNBytes(LONGEST_ANSWER);
                    }
                }
                return HttpExecuteResponse.builder()
                        .response(response.httpResponse())
                        .responseBody(AbortableInputStream.create(new ByteArrayInputStream(body)))
                        .build();
            } finally {
                watch.end();
            }
        }

        @Override
        public void abort() {
            prepared.abort();
        }
    }
}
