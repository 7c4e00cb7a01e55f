package comfybucket.storage.s3;

import comfybucket.http.Call;
import comfybucket.http.Header;
import comfybucket.http.HttpClient;
import comfybucket.http.Origin;
import comfybucket.http.Reply;
import comfybucket.http.Request;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.SdkHttpResponse;

/** The SDK's requests and answers in the words of our own HTTP. */
record StoreHttpClient(HttpClient http) implements SdkHttpClient {
    private static final String LENGTH = "Content-Length";
    private static final List<String> CREATE_ONLY = List.of(Support.IF_NONE_MATCH, Support.IF_GENERATION);

    @Override
    public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
        SdkHttpRequest wanted = request.httpRequest();
        List<Header> headers = new ArrayList<>();
        wanted.forEachHeader((name, values) -> {
            if (!name.equalsIgnoreCase(LENGTH)) {
                values.forEach(value -> headers.add(new Header(name, value)));
            }
        });
        return new Prepared(http.prepare(new Request(
                wanted.method().name(),
                new Origin(wanted.protocol().equals("https"), wanted.host(), wanted.port()),
                target(wanted),
                headers,
                body(request),
                isRepeatable(wanted))));
    }

    /** A condition would be answered otherwise once the request has had its effect. */
    private static boolean isRepeatable(SdkHttpRequest wanted) {
        return wanted.method() != SdkHttpMethod.POST
                && CREATE_ONLY.stream()
                        .noneMatch(condition ->
                                wanted.firstMatchingHeader(condition).isPresent());
    }

    private static String target(SdkHttpRequest wanted) {
        String path = wanted.encodedPath().isEmpty() ? "/" : wanted.encodedPath();
        return wanted.encodedQueryParameters().map(query -> path + "?" + query).orElse(path);
    }

    /** What a PUT or POST has is said, even if it is nothing. */
    private static Optional<Request.Body> body(HttpExecuteRequest request) {
        SdkHttpRequest wanted = request.httpRequest();
        boolean sends = wanted.method() == SdkHttpMethod.PUT || wanted.method() == SdkHttpMethod.POST;
        return request.contentStreamProvider()
                .map(bytes -> new Request.Body(length(wanted), bytes::newStream))
                .or(() -> sends ? Optional.of(Request.Body.EMPTY) : Optional.empty());
    }

    private static long length(SdkHttpRequest wanted) {
        return wanted.firstMatchingHeader(LENGTH)
                .map(Long::parseLong)
                .orElseThrow(() -> new IllegalArgumentException("A body of unknown length"));
    }

    @Override
    public String clientName() {
        return "ComfyBucket";
    }

    @Override
    public void close() {
        http.close();
    }

    private record Prepared(Call prepared) implements ExecutableHttpRequest {
        @Override
        public HttpExecuteResponse call() throws IOException {
            Reply reply = prepared.send();
            SdkHttpResponse.Builder answer =
                    SdkHttpResponse.builder().statusCode(reply.status()).statusText(reply.reason());
            reply.headers().forEach(header -> answer.appendHeader(header.name(), header.value()));
            return HttpExecuteResponse.builder()
                    .response(answer.build())
                    .responseBody(AbortableInputStream.create(reply.body(), this))
                    .build();
        }

        @Override
        public void abort() {
            prepared.abort();
        }
    }
}
