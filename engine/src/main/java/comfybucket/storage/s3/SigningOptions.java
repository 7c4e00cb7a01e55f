package comfybucket.storage.s3;

import java.time.Clock;
import java.util.List;
import software.amazon.awssdk.http.auth.aws.scheme.AwsV4AuthScheme;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.scheme.AuthSchemeOption;
import software.amazon.awssdk.http.auth.spi.signer.HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.SdkInternalHttpSignerProperty;
import software.amazon.awssdk.services.s3.auth.scheme.S3AuthSchemeParams;
import software.amazon.awssdk.services.s3.auth.scheme.S3AuthSchemeProvider;

/**
 * Every request is signed with SigV4, whole body included: all stores know that, and it makes the store check what
 * arrives. aws-chunked bodies with trailing checksums, the SDK's default, are refused by many.
 */
final class SigningOptions implements S3AuthSchemeProvider {
    private final String region;

    SigningOptions(String region) {
        this.region = region;
    }

    @Override
    public List<AuthSchemeOption> resolveAuthScheme(S3AuthSchemeParams request) {
        AuthSchemeOption.Builder option = AuthSchemeOption.builder()
                .schemeId(AwsV4AuthScheme.SCHEME_ID)
                .putSignerProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, "s3")
                .putSignerProperty(AwsV4HttpSigner.REGION_NAME, region)
                // Else one store with a wrong clock shifts the SDK's clock for all stores of this process.
                .putSignerProperty(HttpSigner.SIGNING_CLOCK, Clock.systemUTC())
                .putSignerProperty(AwsV4HttpSigner.DOUBLE_URL_ENCODE, false)
                .putSignerProperty(AwsV4HttpSigner.NORMALIZE_PATH, false)
                .putSignerProperty(AwsV4HttpSigner.PAYLOAD_SIGNING_ENABLED, true)
                .putSignerProperty(AwsV4HttpSigner.CHUNK_ENCODING_ENABLED, false);
        Exchange.CURRENT
                .get()
                .bodyHash()
                .ifPresent(hash -> option.putSignerProperty(SdkInternalHttpSignerProperty.CHECKSUM_STORE, hash));
        return List.of(option.build());
    }
}
