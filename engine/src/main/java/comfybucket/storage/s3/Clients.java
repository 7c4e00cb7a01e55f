package comfybucket.storage.s3;

import comfybucket.provider.Quirk;
import java.time.InstantSource;
import java.util.function.Supplier;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.defaultsmode.DefaultsMode;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.profiles.ProfileFile;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3Configuration;

/** Builds the SDK's client so that it takes nothing from its surroundings and leaves retries to {@link Retrier}. */
final class Clients {
    private Clients() {}

    static S3Client open(
            S3Connection connection, BucketEndpoint endpoint, AwsCredentialsProvider credentials, SdkHttpClient http) {
        return S3Client.builder()
                .httpClient(new GuardedHttp(
                        http, connection.has(Quirk.GUNZIPS_ON_READ), new Bandwidth(connection.bandwidth())))
                .endpointOverride(connection.endpoint())
                .endpointProvider(endpoint)
                .authSchemeProvider(SigningScheme.always())
                .putAuthScheme(new SigningScheme(new RequestSigner(
                        connection.region(),
                        InstantSource.system(),
                        () -> Exchange.CURRENT.get().bodyHash())))
                .credentialsProvider(credentials)
                .region(Region.of(connection.region()))
                .forcePathStyle(true)
                .disableS3ExpressSessionAuth(true)
                .crossRegionAccessEnabled(false)
                .dualstackEnabled(false)
                .fipsEnabled(false)
                .defaultsMode(DefaultsMode.STANDARD)
                .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
                .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
                .serviceConfiguration(S3Configuration.builder()
                        .chunkedEncodingEnabled(false)
                        .expectContinueEnabled(false)
                        .useArnRegionEnabled(false)
                        .multiRegionEnabled(false)
                        .build())
                .overrideConfiguration(configuration -> configuration
                        .defaultProfileFile(ProfileFile.aggregator().build())
                        .retryStrategy(AwsRetryStrategy.doNotRetry())
                        .putHeader("User-Agent", connection.userAgent()))
                .build();
    }

    /** @param http makes what carries requests for a role, where one is needed */
    static AwsCredentialsProvider credentials(S3Connection connection, Supplier<SdkHttpClient> http) {
        if (connection.credentials() instanceof S3Credentials.DefaultChain chain) {
            return MachineCredentials.of(chain, connection, http);
        }
        S3Credentials.Fixed fixed = (S3Credentials.Fixed) connection.credentials();
        return StaticCredentialsProvider.create(
                fixed.sessionToken().isPresent()
                        ? AwsSessionCredentials.create(
                                fixed.accessKey(),
                                fixed.secretKey(),
                                fixed.sessionToken().get())
                        : AwsBasicCredentials.create(fixed.accessKey(), fixed.secretKey()));
    }
}
