package comfybucket.storage.s3;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.io.CloseMode;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.SdkHttpResponse;

/**
 * The SDK's requests on Apache HttpClient 5. Does what the SDK's own adapter does, which hands over bodies 4 KiB at a time;
 * see {@link RequestEntity}.
 *
 * @param contexts makes what a request needs to know of proxies
 */
record ApacheClient(CloseableHttpClient http, Supplier<HttpClientContext> contexts) implements SdkHttpClient {
    /** What the HTTP client says itself, from the entity that it is given. */
    private static final Set<String> NOT_COPIED = ignoringCase("Content-Length", "Transfer-Encoding");

    private static Set<String> ignoringCase(String... names) {
        Set<String> all = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        all.addAll(Set.of(names));
        return all;
    }

    @Override
    public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
        SdkHttpRequest wanted = request.httpRequest();
        HttpHost target = new HttpHost(wanted.protocol(), wanted.host(), wanted.port());
        HttpUriRequestBase prepared = new HttpUriRequestBase(wanted.method().name(), wanted.getUri());
        wanted.forEachHeader((name, values) -> {
            if (!NOT_COPIED.contains(name)) {
                values.forEach(value -> prepared.addHeader(name, value));
            }
        });
        entity(request).ifPresent(prepared::setEntity);
        return new Prepared(this, target, prepared);
    }

    private static Optional<HttpEntity> entity(HttpExecuteRequest request) {
        long length = request.httpRequest()
                .firstMatchingHeader("Content-Length")
                .map(Long::parseLong)
                .orElse(-1L);
        boolean sends = request.httpRequest().method() == SdkHttpMethod.PUT
                || request.httpRequest().method() == SdkHttpMethod.POST;
        return request.contentStreamProvider()
                .<HttpEntity>map(body -> new RequestEntity(body, length))
                .or(() -> sends ? Optional.of(RequestEntity.EMPTY) : Optional.empty());
    }

    @Override
    public String clientName() {
        return "Apache5";
    }

    @Override
    public void close() {
        http.close(CloseMode.IMMEDIATE);
    }

    private record Prepared(ApacheClient client, HttpHost target, HttpUriRequestBase request)
            implements ExecutableHttpRequest {
        @Override
        public HttpExecuteResponse call() throws IOException {
            try {
                return answer(client.http()
                        .executeOpen(target, request, client.contexts().get()));
            } catch (IllegalStateException aborted) {
                // Its connection was taken away while it was about to use it.
                throw new IOException("The request was aborted", aborted);
            }
        }

        private HttpExecuteResponse answer(ClassicHttpResponse response) throws IOException {
            SdkHttpResponse.Builder answer =
                    SdkHttpResponse.builder().statusCode(response.getCode()).statusText(response.getReasonPhrase());
            for (Header header : response.getHeaders()) {
                answer.appendHeader(header.getName(), header.getValue());
            }
            return HttpExecuteResponse.builder()
                    .response(answer.build())
                    .responseBody(body(response))
                    .build();
        }

        private AbortableInputStream body(ClassicHttpResponse response) throws IOException {
            HttpEntity entity = response.getEntity();
            if (entity == null || entity.getContentLength() == 0) {
                response.close();
                return AbortableInputStream.create(new ByteArrayInputStream(new byte[0]));
            }
            return AbortableInputStream.create(entity.getContent(), this);
        }

        @Override
        public void abort() {
            request.abort();
        }
    }
}
