package comfybucket.storage.s3;

import comfybucket.error.Problem;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.ProfileCredentialsProvider;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.auth.StsAssumeRoleCredentialsProvider;
import software.amazon.awssdk.utils.SdkAutoCloseable;

/**
 * What AWS's own tools would use on this machine, with a role taken on if one is named. They are looked for on another
 * thread, because a metadata service that does not answer can neither be interrupted nor be given a time limit.
 */
final class MachineCredentials implements AwsCredentialsProvider, AutoCloseable {
    static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String SESSION = "comfy-bucket";

    private final S3Credentials.DefaultChain chain;
    private final AwsCredentialsProvider found;
    private final Optional<StsClient> sts;
    private final AwsCredentialsProvider used;

    private MachineCredentials(
            S3Credentials.DefaultChain chain,
            AwsCredentialsProvider found,
            Optional<StsClient> sts,
            AwsCredentialsProvider used) {
        this.chain = chain;
        this.found = found;
        this.sts = sts;
        this.used = used;
    }

    /** @param http makes what carries the requests for a role, where one is named */
    static MachineCredentials of(
            S3Credentials.DefaultChain chain, S3Connection connection, Supplier<SdkHttpClient> http) {
        AwsCredentialsProvider found = chain.awsProfile()
                .<AwsCredentialsProvider>map(ProfileCredentialsProvider::create)
                .orElseGet(() -> DefaultCredentialsProvider.builder().build());
        if (chain.role().isEmpty()) {
            return new MachineCredentials(chain, found, Optional.empty(), found);
        }
        StsClient sts = StsClient.builder()
                .httpClient(new BriefHttp(http.get(), PATIENCE))
                .region(Region.of(connection.region()))
                .credentialsProvider(found)
                .overrideConfiguration(configuration -> configuration.putHeader("User-Agent", connection.userAgent()))
                .build();
        AwsCredentialsProvider role = StsAssumeRoleCredentialsProvider.builder()
                .stsClient(sts)
                .refreshRequest(request -> request.roleArn(chain.role().get()).roleSessionName(SESSION))
                .build();
        return new MachineCredentials(chain, found, Optional.of(sts), role);
    }

    @Override
    public AwsCredentials resolveCredentials() {
        FutureTask<AwsCredentials> task = new FutureTask<>(used::resolveCredentials);
        Thread.ofVirtual().name("look for credentials").start(task);
        try {
            return task.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw AbortedException.create("Interrupted while credentials were looked for", e);
        } catch (TimeoutException e) {
            throw notFound("they do not come within " + PATIENCE.toSeconds() + " seconds", e);
        } catch (ExecutionException e) {
            throw failed(e);
        }
    }

    private CredentialsException failed(ExecutionException failure) {
        Optional<AwsServiceException> answer = Failures.cause(failure, AwsServiceException.class);
        if (answer.isPresent()) {
            Map<String, String> values = Map.of(
                    "role",
                            chain.role()
                                    .orElse("of AWS profile "
                                            + chain.awsProfile().orElse("default")),
                    "reply", reply(answer.get()));
            return new CredentialsException(Problem.ROLE_REFUSED, values, failure);
        }
        return notFound(
                chain.awsProfile()
                        .map(profile -> "the AWS profile " + profile + " gives none")
                        .orElse("there are none in AWS_*, in the files of ~/.aws, or from a metadata service"),
                failure);
    }

    /** The code alone: the message can be long, and holds who asked. */
    private static String reply(AwsServiceException answer) {
        String code = Failures.code(answer);
        return code.isEmpty() ? "status " + answer.statusCode() : code;
    }

    private static CredentialsException notFound(String reason, Exception cause) {
        return new CredentialsException(Problem.CREDENTIALS_NOT_FOUND, Map.of("reason", reason), cause);
    }

    @Override
    public void close() {
        close(used);
        sts.ifPresent(StsClient::close);
        close(found);
    }

    private static void close(AwsCredentialsProvider provider) {
        if (provider instanceof SdkAutoCloseable closeable) {
            closeable.close();
        }
    }
}
