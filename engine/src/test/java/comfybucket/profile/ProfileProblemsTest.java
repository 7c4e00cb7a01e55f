package comfybucket.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import comfybucket.error.Problem;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What settings may not be, and what is said then. */
class ProfileProblemsTest {
    private static final String KEYS = "\"access_key\": \"filekey\", \"secret_key\": \"filesecret\"";

    @TempDir
    private Path folder;

    private Settings settings;

    @BeforeEach
    void start() {
        settings = new Settings(folder);
    }

    @Test
    void aProfileCanForbidAnotherBucket() throws IOException {
        settings.write("fixed", "\"bucket\": \"mine\", \"allow_bucket_override\": false");
        assertThat(settings.resolve(new ProfileRef("fixed", "", "mine", ""))
                        .keys()
                        .bucket())
                .isEqualTo("mine");
        Settings.assertFails(
                Problem.BUCKET_OVERRIDE_REFUSED, () -> settings.resolve(new ProfileRef("fixed", "", "strangers", "")));
        settings.write("nobucket", "\"allow_bucket_override\": false");
        Settings.assertFails(
                Problem.BUCKET_OVERRIDE_REFUSED,
                () -> settings.resolve(new ProfileRef("nobucket", "", "strangers", "")));
    }

    @Test
    void aNodeMakesNoProfileCustomOrLocal() throws IOException {
        settings.write("custom", "\"provider\": \"Custom\", \"endpoint_url\": \"https://s3.example.com\"");
        settings.write("local", "\"provider\": \"Local\"");
        settings.write("aws", "\"provider\": \"AWS S3\"");
        for (String forbidden : new String[] {"Custom", "Local"}) {
            Settings.assertFails(
                    Problem.PROVIDER_OVERRIDE_REFUSED,
                    () -> settings.resolve(new ProfileRef("aws", forbidden, "", "")));
            String own = forbidden.toLowerCase(Locale.ROOT);
            assertThat(settings.resolve(new ProfileRef(own, forbidden, "", "")))
                    .isEqualTo(settings.resolve(Settings.named(own)));
        }
    }

    @Test
    void theMachinesAwsCredentialsGoToAwsOnly() throws IOException {
        settings.write("chain", "\"credentials\": \"default_chain\", \"bucket\": \"b\"");
        assertThat(settings.resolve(Settings.named("chain")).credentials())
                .isEqualTo(new Credentials.DefaultChain(Optional.empty(), Optional.empty()));
        Settings.assertFails(
                Problem.DEFAULT_CHAIN_NOT_AWS, () -> settings.resolve(new ProfileRef("chain", "Wasabi", "", "")));
        settings.write(
                "vpc",
                "\"credentials\": \"default_chain\", \"provider\": \"AWS S3\","
                        + " \"endpoint_url\": \"https://bucket.vpce-1.s3.eu-west-1.vpce.amazonaws.com\"");
        assertThat(settings.resolve(Settings.named("vpc")).address().pathStyle())
                .isFalse();
        for (String address : new String[] {"https://amazonaws.com.example.com", "https://s3.example.com"}) {
            settings.write(
                    "away",
                    "\"credentials\": \"default_chain\", \"provider\": \"AWS S3\", \"endpoint_url\": \"" + address
                            + "\"");
            Settings.assertFails(Problem.DEFAULT_CHAIN_NOT_AWS, () -> settings.resolve(Settings.named("away")));
        }
        settings.environment.put("COMFY_S3_ENDPOINT_URL", "https://s3.example.com");
        Settings.assertFails(Problem.DEFAULT_CHAIN_NOT_AWS, () -> settings.resolve(Settings.named("chain")));
    }

    @ParameterizedTest
    @CsvSource({
        "http://localhost:9000, true",
        "http://minio.localhost, true",
        "http://127.8.9.1:1, true",
        "http://[::1]:9000, true",
        "http://minio:9000, false",
        "http://192.168.0.5, false",
        "http://169.254.169.254, false",
        "http://localhost.example.com, false",
        "http://127.0.0.1.example.com, false",
        "http://0x7f000001, false",
        "https://minio:9000, true"
    })
    void plainHttpStaysOnThisMachineUnlessAllowed(String endpoint, boolean allowed) throws IOException {
        settings.environment.put("COMFY_S3_ENDPOINT_URL", endpoint);
        if (allowed) {
            assertThat(settings.resolve(ProfileRef.DEFAULT).endpointName()).isEqualTo(endpoint);
        } else {
            Settings.assertFails(Problem.ENDPOINT_PLAIN_HTTP, () -> settings.resolve(ProfileRef.DEFAULT));
        }
        settings.write("open", "\"allow_http\": true");
        assertThat(settings.resolve(Settings.named("open")).endpointName()).isEqualTo(endpoint);
    }

    @Test
    void backblazeIsNeverReachedByHttp() throws IOException {
        settings.write("b2", "\"endpoint_url\": \"http://s3.us-west-004.backblazeb2.com\", \"allow_http\": true");
        Settings.assertFails(Problem.SETTING_NOT_USABLE, () -> settings.resolve(Settings.named("b2")));
    }

    @Test
    void whatIsMissingIsSaidWithTheLineForTheUsersSystem() {
        settings.environment.clear();
        assertThatThrownBy(() -> settings.resolve(ProfileRef.DEFAULT))
                .hasMessage("Cloud storage access key not configured. Run: export COMFY_S3_ACCESS_KEY=\"<your-key-id>\""
                        + " (add it to ~/.bashrc to keep it) and restart ComfyUI, or create a profile in "
                        + folder.resolve("profiles.json") + ", or connect a Cloud Storage Profile node.");
        settings.environment.put("COMFY_S3_ACCESS_KEY", "k");
        assertThatThrownBy(() -> settings.profiles("Windows 11").resolve(ProfileRef.DEFAULT))
                .hasMessageStartingWith(
                        "Cloud storage secret key not configured. Run: setx COMFY_S3_SECRET_KEY \"<your-secret>\"");
        settings.environment.put("COMFY_S3_SECRET_KEY", "s");
        assertThatThrownBy(() -> settings.resolve(ProfileRef.DEFAULT))
                .hasMessageStartingWith("Cloud storage bucket not configured. Run: export COMFY_S3_BUCKET=");
        settings.environment.put("COMFY_S3_BUCKET", "b");
        settings.environment.put("COMFY_S3_PROVIDER", "Cloudflare R2");
        assertThatThrownBy(() -> settings.resolve(ProfileRef.DEFAULT))
                .hasMessageStartingWith("Cloudflare R2 account id not configured. Run: export COMFY_S3_ACCOUNT_ID=");
        settings.environment.put("COMFY_S3_PROVIDER", "Custom");
        assertThatThrownBy(() -> settings.resolve(ProfileRef.DEFAULT))
                .hasMessageStartingWith("Endpoint of Custom not configured. Run: export COMFY_S3_ENDPOINT_URL=");
        settings.environment.put("COMFY_S3_PROVIDER", "Dropbox");
        Settings.assertFails(Problem.PROVIDER_UNKNOWN, () -> settings.resolve(ProfileRef.DEFAULT));
    }

    @Test
    void anUnknownProfileIsToldWithTheNearestNames() throws IOException {
        assertThatThrownBy(() -> settings.resolve(Settings.named("b2")))
                .hasMessageStartingWith("Profile not found: b2. Choose (env vars), as there are no profiles yet;");
        settings.write("b2-outputs", KEYS, "models", KEYS);
        assertThatThrownBy(() -> settings.resolve(Settings.named("b2_output")))
                .hasMessage("Profile not found: b2_output. Choose \"b2-outputs\"; profiles are read from "
                        + folder.resolve("profiles.json") + ".");
        assertThatThrownBy(() -> settings.resolve(Settings.named("completely else")))
                .hasMessageContaining("Choose \"b2-outputs\" or \"models\";");
    }

    @Test
    void aVariableThatANamedProfileReplacesDoesNoHarm() throws IOException {
        settings.environment.put("COMFY_S3_REGION", "no region/");
        settings.environment.put("COMFY_S3_PROVIDER", "Dropbox");
        settings.write("own", "\"provider\": \"Wasabi\"");
        assertThat(settings.resolve(Settings.named("own")).endpointName())
                .isEqualTo("https://s3.us-east-1.wasabisys.com");
        settings.environment.put("COMFY_S3_PROVIDER", "Wasabi");
        assertThatThrownBy(() -> settings.resolve(ProfileRef.DEFAULT))
                .hasMessage("COMFY_S3_REGION is not usable: region must be letters, digits and hyphens. Correct it in"
                        + " the environment that ComfyUI is started with.");
    }

    @ParameterizedTest
    @CsvSource({"1, true", "TRUE, true", "yes, true", "0, false", "off, false", "' ', false"})
    void picklesCanBeAllowedForAll(String value, boolean allowed) {
        settings.environment.put("COMFY_S3_ALLOW_PICKLE", value);
        assertThat(settings.resolve(ProfileRef.DEFAULT).allowPickle()).isEqualTo(allowed);
    }

    @ParameterizedTest
    @ValueSource(strings = {"2", "perhaps"})
    void halfAnAnswerAboutPicklesIsAnError(String value) {
        settings.environment.put("COMFY_S3_ALLOW_PICKLE", value);
        Settings.assertFails(Problem.SETTING_NOT_USABLE, () -> settings.resolve(ProfileRef.DEFAULT));
    }

    @Test
    void noSecretIsInWhatCanBePrinted() throws IOException {
        settings.write("own", KEYS + ", \"session_token\": \"filetoken\"");
        Profile profile = settings.resolve(Settings.named("own"));
        assertThat(profile.toString() + settings.machine("Linux"))
                .doesNotContain("filesecret", "filetoken", "envsecret");
    }
}
