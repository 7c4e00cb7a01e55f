package comfybucket.storage.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import comfybucket.error.CloudException;
import comfybucket.error.Problem;
import comfybucket.storage.ObjectKey;
import comfybucket.storage.Payload;
import comfybucket.storage.PresignOptions;
import comfybucket.storage.PutOptions;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicReference;
import org.assertj.core.api.AbstractThrowableAssert;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Credentials of this machine's AWS settings: used when a profile asks for them, and by nobody else. */
class MachineCredentialsTest {
    private static final ObjectKey KEY = new ObjectKey("key");
    private static final String ROLE = "arn:aws:iam::123456789012:role/saver";

    @TempDir
    private Path folder;

    private final Map<String, String> before = new HashMap<>();
    private FaultyStore server;
    private FakeAws aws;

    @BeforeEach
    void start() throws IOException {
        server = new FaultyStore(folder.resolve("store"));
        S3Credentials.Fixed keys = (S3Credentials.Fixed) server.connection().credentials();
        aws = new FakeAws(keys.accessKey(), keys.secretKey());
        set("aws.sharedCredentialsFile", folder.resolve("credentials").toString());
        set("aws.configFile", folder.resolve("config").toString());
        set("aws.ec2MetadataServiceEndpoint", aws.address());
        set("aws.endpointUrlSts", aws.address());
    }

    @AfterEach
    void stop() throws IOException {
        before.forEach((name, value) -> {
            if (value == null) {
                System.clearProperty(name);
            } else {
                System.setProperty(name, value);
            }
        });
        aws.close();
        server.close();
    }

    /** As the environment variable of the same meaning would, which a running process cannot be given. */
    private void set(String property, String value) {
        if (!before.containsKey(property)) {
            before.put(property, System.getProperty(property));
        }
        System.setProperty(property, value);
    }

    @Test
    void keysOfAProfileLeaveTheMachinesAlone() throws IOException {
        set("aws.accessKeyId", "AKIAAMBIENT");
        set("aws.secretAccessKey", "ambient");
        Files.writeString(
                folder.resolve("credentials"), "[default]\naws_access_key_id=AKIAFILE\naws_secret_access_key=f\n");
        try (S3Store store = server.open()) {
            store.put(KEY, Payload.of(new byte[10]), PutOptions.REPLACE);
            store.head(KEY);
            store.checkBucket();
            store.presignGet(KEY, PresignOptions.validFor(Duration.ofHours(1)));
            store.delete(KEY);
        }
        assertThat(aws.requests()).isEmpty();
    }

    @Test
    void theMetadataServiceIsAskedWhenAProfileSaysSo() {
        try (S3Store store = chain(Optional.empty(), Optional.empty())) {
            store.put(KEY, Payload.of(new byte[10]), PutOptions.REPLACE);
            assertThat(store.presignGet(KEY, PresignOptions.validFor(Duration.ofHours(1))))
                    .asString()
                    .contains("X-Amz-Security-Token=t");
        }
        assertThat(aws.requests()).isNotEmpty().allMatch(request -> request.contains("/latest/"));
    }

    @Test
    void aRoleIsTakenOnWithWhatIsFound() {
        set("aws.accessKeyId", "AKIAAMBIENT");
        set("aws.secretAccessKey", "ambient");
        try (S3Store store = chain(Optional.empty(), Optional.of(ROLE))) {
            store.put(KEY, Payload.of(new byte[10]), PutOptions.REPLACE);
            store.head(KEY);
        }
        assertThat(aws.requests())
                .singleElement()
                .asString()
                .startsWith("AssumeRole b2ai-comfyui/test ")
                .contains("saver");
    }

    @Test
    void anAwsProfileMayNameARoleAndAnotherProfileForIt() throws IOException {
        Files.writeString(
                folder.resolve("credentials"), "[base]\naws_access_key_id=AKIABASE\naws_secret_access_key=base\n");
        Files.writeString(
                folder.resolve("config"),
                "[profile saver]\nrole_arn=" + ROLE + "\nsource_profile=base\nregion=us-east-1\n");
        try (S3Store store = chain(Optional.of("saver"), Optional.empty())) {
            store.put(KEY, Payload.of(new byte[10]), PutOptions.REPLACE);
        }
        assertThat(aws.requests()).singleElement().asString().startsWith("AssumeRole ");
    }

    @Test
    void aWebIdentityIsExchangedForKeys() throws IOException {
        set(
                "aws.webIdentityTokenFile",
                Files.writeString(folder.resolve("token"), "web-token").toString());
        set("aws.roleArn", ROLE);
        set("aws.region", "us-east-1");
        try (S3Store store = chain(Optional.empty(), Optional.empty())) {
            store.put(KEY, Payload.of(new byte[10]), PutOptions.REPLACE);
        }
        assertThat(aws.requests()).singleElement().asString().startsWith("AssumeRoleWithWebIdentity ");
    }

    @Test
    void whereThereAreNoneThatIsSaid() throws IOException {
        try (ServerSocket nobody = new ServerSocket(0)) {
            set("aws.ec2MetadataServiceEndpoint", "http://127.0.0.1:" + nobody.getLocalPort());
        }
        try (S3Store store = chain(Optional.empty(), Optional.empty())) {
            assertProblem(Problem.CREDENTIALS_NOT_FOUND, store::checkBucket);
            assertProblem(
                    Problem.CREDENTIALS_NOT_FOUND,
                    () -> store.presignGet(KEY, PresignOptions.validFor(Duration.ofHours(1))));
        }
        try (S3Store store = chain(Optional.of("no-such-profile"), Optional.empty())) {
            assertProblem(Problem.CREDENTIALS_NOT_FOUND, store::checkBucket)
                    .hasMessageContaining("the AWS profile no-such-profile gives none");
        }
        assertThat(server.takeRequests()).isEmpty();
    }

    @Test
    void aRoleThatIsRefusedIsNamed() {
        set("aws.accessKeyId", "AKIAAMBIENT");
        set("aws.secretAccessKey", "ambient");
        aws.refuse();
        try (S3Store store = chain(Optional.empty(), Optional.of(ROLE))) {
            assertProblem(Problem.ROLE_REFUSED, store::checkBucket)
                    .hasMessageContaining(ROLE)
                    .hasMessageContaining("AccessDenied")
                    .hasMessageNotContaining("user/me");
        }
    }

    @Test
    void aMetadataServiceThatDoesNotAnswerCanBeGivenUp() throws Exception {
        try (ServerSocket silent = new ServerSocket(0)) {
            set("aws.ec2MetadataServiceEndpoint", "http://127.0.0.1:" + silent.getLocalPort());
            try (S3Store store = chain(Optional.empty(), Optional.empty())) {
                AtomicReference<Throwable> thrown = new AtomicReference<>();
                Thread asking = Thread.ofVirtual().start(() -> thrown.set(catchThrowable(store::checkBucket)));
                Thread.sleep(300);
                asking.interrupt();
                assertThat(asking.join(Duration.ofSeconds(1))).isTrue();
                assertThat(thrown.get()).isInstanceOf(CancellationException.class);
            }
        }
    }

    private static AbstractThrowableAssert<?, ?> assertProblem(Problem problem, ThrowingCallable call) {
        return assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        CloudException.class,
                        failure ->
                                assertThat(failure.problem()).as("%s", failure).isEqualTo(problem));
    }

    private S3Store chain(Optional<String> profile, Optional<String> role) {
        S3Connection fixed = server.connection();
        return Connections.impatient(new S3Connection(
                fixed.endpoint(),
                fixed.region(),
                fixed.bucket(),
                fixed.pathStyle(),
                fixed.allowHttp(),
                fixed.caBundle(),
                new S3Credentials.DefaultChain(profile, role),
                fixed.quirks(),
                fixed.concurrency(),
                fixed.userAgent()));
    }
}
