package comfybucket.storage.s3;

import java.io.IOException;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.SdkHttpResponse;

/**
 * Puts the limits of the current {@link Exchange} around any HTTP layer: time without progress, length of answers.
 *
 * @param asksForGzip whether the store would unpack what it holds packed, unless it is asked for gzip
 */
record GuardedHttp(SdkHttpClient http, boolean asksForGzip, Bandwidth bandwidth) implements SdkHttpClient {
    private static final String RETRY_AFTER = "Retry-After";

    @Override
    public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
        return new Guarded(this, request, Exchange.CURRENT.get());
    }

    /** Added behind the signer, because some stores change this header before they look at the signature. */
    private static SdkHttpRequest askingForGzip(SdkHttpRequest request) {
        return request.copy(builder -> builder.putHeader("Accept-Encoding", "gzip"));
    }

    /** Without a pause below zero, which the SDK takes for a mistake of its caller's. */
    private static SdkHttpResponse understood(SdkHttpResponse answer) {
        boolean senseless = answer.firstMatchingHeader(RETRY_AFTER).stream().anyMatch(pause -> pause.startsWith("-"));
        return senseless ? answer.copy(builder -> builder.removeHeader(RETRY_AFTER)) : answer;
    }

    @Override
    public String clientName() {
        return http.clientName();
    }

    @Override
    public void close() {
        http.close();
    }

    private static final class Guarded implements ExecutableHttpRequest {
        private final Exchange exchange;
        private final Bandwidth bandwidth;
        private final ExecutableHttpRequest prepared;
        private Watch watch;

        Guarded(GuardedHttp guard, HttpExecuteRequest request, Exchange exchange) {
            this.exchange = exchange;
            this.bandwidth = guard.bandwidth();
            HttpExecuteRequest.Builder watched = HttpExecuteRequest.builder()
                    .request(guard.asksForGzip() ? askingForGzip(request.httpRequest()) : request.httpRequest());
            request.metricCollector().ifPresent(watched::metricCollector);
            request.contentStreamProvider()
                    .ifPresent(body -> watched.contentStreamProvider(
                            () -> new SentStream(body.newStream(), () -> watch, bandwidth)));
            this.prepared = guard.http().prepareRequest(watched.build());
        }

        @Override
        public HttpExecuteResponse call() throws IOException {
            watch = exchange.begin(prepared::abort);
            HttpExecuteResponse response = prepared.call();
            long limit = response.httpResponse().isSuccessful() ? exchange.answerLimit() : Exchange.ANSWER_LIMIT;
            HttpExecuteResponse.Builder limited =
                    HttpExecuteResponse.builder().response(understood(response.httpResponse()));
            response.responseBody()
                    .ifPresent(body -> limited.responseBody(
                            AbortableInputStream.create(new ReceivedStream(body, limit, watch, bandwidth), body)));
            return limited.build();
        }

        @Override
        public void abort() {
            prepared.abort();
        }
    }
}
