package comfybucket.storage.s3;

import comfybucket.storage.ObjectKey;
import comfybucket.storage.PresignOptions;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4FamilyHttpSigner.AuthLocation;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.SignedRequest;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;

/** Links that carry their signature. Signed directly, because the SDK's presigner knows AWS's addresses only. */
final class Presigner {
    private final S3Connection connection;
    private final Supplier<BucketEndpoint> endpoint;
    private final Supplier<AwsCredentialsProvider> credentials;

    Presigner(
            S3Connection connection, Supplier<BucketEndpoint> endpoint, Supplier<AwsCredentialsProvider> credentials) {
        this.connection = connection;
        this.endpoint = endpoint;
        this.credentials = credentials;
    }

    URI get(ObjectKey key, PresignOptions options) {
        SdkHttpRequest.Builder request = SdkHttpRequest.builder()
                .method(SdkHttpMethod.GET)
                .uri(URI.create(endpoint.get().url() + "/" + encoded(key)));
        options.downloadName()
                .ifPresent(name -> request.putRawQueryParameter("response-content-disposition", attachment(name)));
        AwsCredentialsIdentity identity = identity();
        SignedRequest signed = AwsV4HttpSigner.create()
                .sign(sign -> sign.identity(identity)
                        .request(request.build())
                        .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, "s3")
                        .putProperty(AwsV4HttpSigner.REGION_NAME, connection.region())
                        .putProperty(AwsV4HttpSigner.DOUBLE_URL_ENCODE, false)
                        .putProperty(AwsV4HttpSigner.NORMALIZE_PATH, false)
                        .putProperty(AwsV4HttpSigner.PAYLOAD_SIGNING_ENABLED, false)
                        .putProperty(AwsV4HttpSigner.AUTH_LOCATION, AuthLocation.QUERY_STRING)
                        .putProperty(AwsV4HttpSigner.EXPIRATION_DURATION, options.validity()));
        return signed.request().getUri();
    }

    private AwsCredentialsIdentity identity() {
        try {
            return credentials.get().resolveCredentials();
        } catch (CredentialsException nobody) {
            throw nobody.translated();
        }
    }

    /** Every byte but letters, digits, {@code -_.~} and the slashes is encoded, as SigV4 wants it. */
    private static String encoded(ObjectKey key) {
        return encoded(key.value()).replace("%2F", "/");
    }

    /**
     * The name for browsers that know RFC 6266, with a plain-ASCII one for the others.
     *
     * @see <a href="https://www.rfc-editor.org/rfc/rfc6266">Content-Disposition</a>
     */
    private static String attachment(String name) {
        String plain = name.replaceAll("[^ -~]|[\"\\\\%]", "_");
        return "attachment; filename=\"" + plain + "\"; filename*=UTF-8''" + encoded(name);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("*", "%2A")
                .replace("%7E", "~");
    }
}
