package comfybucket.storage.s3;

import java.net.URI;
import java.util.concurrent.CompletableFuture;
import software.amazon.awssdk.endpoints.Endpoint;
import software.amazon.awssdk.endpoints.EndpointUrl;
import software.amazon.awssdk.services.s3.endpoints.S3EndpointParams;
import software.amazon.awssdk.services.s3.endpoints.S3EndpointProvider;

/**
 * Where a connection's bucket is. Stands in for the SDK's endpoint rules, which know AWS's addresses only, would look at
 * {@code AWS_ENDPOINT_URL}, and take a good part of the time to the first request.
 */
final class BucketEndpoint implements S3EndpointProvider {
    private final String url;
    private final CompletableFuture<Endpoint> endpoint;

    BucketEndpoint(S3Connection connection) {
        URI store = connection.endpoint();
        String host = connection.pathStyle() ? store.getHost() : connection.bucket() + "." + store.getHost();
        String port = store.getPort() < 0 ? "" : ":" + store.getPort();
        String path = store.getRawPath().replaceFirst("/+$", "");
        String bucket = connection.pathStyle() ? "/" + connection.bucket() : "";
        this.url = store.getScheme() + "://" + host + port + path + bucket;
        this.endpoint = CompletableFuture.completedFuture(
                Endpoint.builder().endpointUrl(EndpointUrl.fromString(url)).build());
    }

    /** The bucket's address, without a final {@code /}. */
    String url() {
        return url;
    }

    @Override
    public CompletableFuture<Endpoint> resolveEndpoint(S3EndpointParams request) {
        return endpoint;
    }
}
