package comfybucket.storage.s3;

import comfybucket.storage.LinkAnswer;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.random.RandomGenerator;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;

/** Opens links on the way that a store's requests go, and sends nothing but the link and our name. */
record Links(S3Connection connection, HttpLayer http, Timeouts timeouts, RetryPolicy policy, RandomGenerator random) {
    LinkAnswer follow(URI link, int limit) {
        S3Connection there = connection.forLinksTo(URI.create(link.getScheme() + "://" + link.getRawAuthority()));
        Requests requests = new Requests(1, 1, timeouts, policy.once(), new Translator(there, http.proxies()), random);
        String target = there.endpoint() + link.getRawPath();
        return requests.run(new Action(Operation.GET_OBJECT, target), (number, exchange) -> {
            Bandwidth bandwidth = new Bandwidth(connection.bandwidth());
            try (SdkHttpClient client = new GuardedHttp(http.open(there, timeouts), false, bandwidth)) {
                return answer(client, link, limit);
            } catch (IOException failed) {
                throw SdkClientException.create("The link could not be followed", failed);
            }
        });
    }

    private LinkAnswer answer(SdkHttpClient client, URI link, int limit) throws IOException {
        SdkHttpRequest request = SdkHttpRequest.builder()
                .method(SdkHttpMethod.GET)
                .uri(link)
                .putHeader("User-Agent", connection.userAgent())
                .build();
        HttpExecuteResponse answer = client.prepareRequest(
                        HttpExecuteRequest.builder().request(request).build())
                .call();
        try (InputStream body = answer.responseBody().orElseThrow()) {
            return new LinkAnswer(
                    answer.httpResponse().statusCode(), new String(body.readNBytes(limit), StandardCharsets.UTF_8));
        }
    }
}
