package comfybucket.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import comfybucket.error.Problem;
import comfybucket.naming.OnConflict;
import comfybucket.storage.Encryption;
import comfybucket.storage.KeyPrefix;
import comfybucket.storage.KeySpace;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the layers come to. */
class ProfilesTest {
    private static final String KEYS = "\"access_key\": \"filekey\", \"secret_key\": \"filesecret\"";

    @TempDir
    private Path folder;

    private Settings settings;

    @BeforeEach
    void start() {
        settings = new Settings(folder);
    }

    @Test
    void theEnvironmentAloneIsEnough() {
        settings.environment.put("COMFY_S3_PROVIDER", "Backblaze B2");
        settings.environment.put("COMFY_S3_REGION", "us-west-002");
        settings.environment.put("COMFY_S3_PATH_PREFIX", "team/");
        settings.environment.put("COMFY_S3_SESSION_TOKEN", "envtoken");
        Profile profile = settings.resolve(ProfileRef.DEFAULT);
        assertThat(profile.name()).isEqualTo("(env vars)");
        assertThat(profile.provider().name()).isEqualTo("Backblaze B2");
        assertThat(profile.endpointName()).isEqualTo("https://s3.us-west-002.backblazeb2.com");
        assertThat(profile.keys()).isEqualTo(new KeySpace("envbucket", new KeyPrefix("team/")));
        assertThat(profile.credentials()).isEqualTo(Settings.keys("envkey", "envsecret", Optional.of("envtoken")));
        assertThat(profile.saving()).isEqualTo(Saving.DEFAULT);
        assertThat(profile.limits()).isEqualTo(Limits.NONE);
        profile.requireWritable();
    }

    @Test
    void awsIsTheProviderOfThoseWhoNameNone() {
        Profile profile = settings.resolve(ProfileRef.DEFAULT);
        assertThat(profile.endpointName()).isEqualTo("https://s3.us-east-1.amazonaws.com");
        assertThat(profile.address().pathStyle()).isFalse();
        settings.environment.put("COMFY_S3_REGION", "eu-west-1");
        assertThat(settings.resolve(ProfileRef.DEFAULT).address().region()).isEqualTo("eu-west-1");
    }

    @ParameterizedTest
    @CsvSource({
        "https://s3.eu-central-003.backblazeb2.com, Backblaze B2, eu-central-003, true",
        "s3.eu-central-003.backblazeb2.com,         Backblaze B2, eu-central-003, true",
        "http://localhost:9000,                     Custom,       us-east-1,      true",
        "https://s3.eu-west-1.amazonaws.com,        AWS S3,       eu-west-1,      false"
    })
    void anEndpointAloneTellsTheProvider(String endpoint, String provider, String region, boolean pathStyle) {
        settings.environment.put("COMFY_S3_ENDPOINT_URL", endpoint);
        Address address = settings.resolve(ProfileRef.DEFAULT).address();
        assertThat(address.provider().name()).isEqualTo(provider);
        assertThat(address.region()).isEqualTo(region);
        assertThat(address.pathStyle()).isEqualTo(pathStyle);
    }

    @Test
    void anAddressOfOnesOwnOverridesAPresetAndIsReachedByPath() {
        settings.environment.put("COMFY_S3_PROVIDER", "AWS S3");
        settings.environment.put("COMFY_S3_ENDPOINT_URL", "http://127.0.0.1:9000/");
        Address address = settings.resolve(ProfileRef.DEFAULT).address();
        assertThat(address.endpoint()).contains(URI.create("http://127.0.0.1:9000"));
        assertThat(address.provider().name()).isEqualTo("AWS S3");
        assertThat(address.pathStyle()).isTrue();
    }

    @Test
    void aProfileSaysEverythingThatAProfileCanSay() throws IOException {
        settings.write("all", """
                "provider": "Cloudflare R2", "account_id": "4cc0", "region": "eu", "bucket": "b", "path_prefix": "p/",
                "access_key": "k", "secret_key": "s", "session_token": "t", "force_path_style": false,
                "allow_http": true, "ca_bundle": "/etc/ca.pem", "public_base_url": "https://cdn.example.com/",
                "default_tags": {"z": "1", "a": "2"}, "storage_class": "COLD", "cache_control": "no-store",
                "server_side_encryption": "aws:kms", "kms_key_id": "key-1", "upload": "background",
                "on_conflict": "fail", "concurrency": 3, "bandwidth_limit": "1MB/s", "model_cache_limit": "2GB", "media_cache_limit": "3GB",
                "read_only": true, "allow_pickle": true, "auto_backup": {"remove_after": "7d"},
                "credentials": "static", "allow_bucket_override": true, "folder": "/unused"
                """);
        Profile profile = settings.resolve(Settings.named("all"));
        assertThat(profile.address())
                .isEqualTo(new Address(
                        profile.provider(),
                        Optional.of(URI.create("https://4cc0.eu.r2.cloudflarestorage.com")),
                        "auto",
                        false,
                        false,
                        true,
                        Optional.of(Path.of("/etc/ca.pem"))));
        assertThat(profile.keys()).isEqualTo(new KeySpace("b", new KeyPrefix("p/")));
        assertThat(profile.credentials()).isEqualTo(Settings.keys("k", "s", Optional.of("t")));
        assertThat(profile.saving())
                .isEqualTo(new Saving(
                        Upload.BACKGROUND,
                        OnConflict.FAIL,
                        Map.of("z", "1", "a", "2"),
                        Optional.of("COLD"),
                        Optional.of(new Encryption("aws:kms", Optional.of("key-1"))),
                        Optional.of("no-store")));
        assertThat(profile.saving().tags().keySet()).containsExactly("z", "a");
        assertThat(profile.limits())
                .isEqualTo(new Limits(
                        OptionalInt.of(3),
                        OptionalLong.of(1_000_000),
                        OptionalLong.of(2_000_000_000),
                        OptionalLong.of(3_000_000_000L),
                        OptionalLong.empty()));
        assertThat(profile.allowPickle()).isTrue();
        assertThat(profile.publicBaseUrl()).contains(URI.create("https://cdn.example.com"));
        assertThat(profile.autoBackup())
                .contains(new AutoBackup(
                        "comfyui/output/", List.of(), List.of(), false, Optional.of(Duration.ofDays(7))));
        assertThat(profile.localFolder()).isEmpty();
        Settings.assertFails(Problem.PROFILE_READ_ONLY, profile::requireWritable);
    }

    @Test
    void keysComeFromOneLayer() throws IOException {
        settings.environment.put("COMFY_S3_SESSION_TOKEN", "envtoken");
        settings.write("own", KEYS);
        assertThat(settings.resolve(Settings.named("own")).credentials())
                .isEqualTo(Settings.keys("filekey", "filesecret", Optional.empty()));
        settings.write("half", "\"access_key\": \"filekey\"");
        assertThatThrownBy(() -> settings.resolve(Settings.named("half")))
                .hasMessageStartingWith("Cloud storage secret key not configured. Add secret_key to profile half")
                .hasMessageNotContaining("export");
        settings.write("token", "\"session_token\": \"filetoken\"");
        Settings.assertFails(Problem.ACCESS_KEY_MISSING, () -> settings.resolve(Settings.named("token")));
        settings.write("none", "\"bucket\": \"b\"");
        assertThat(settings.resolve(Settings.named("none")).credentials())
                .isEqualTo(Settings.keys("envkey", "envsecret", Optional.of("envtoken")));
    }

    @Test
    void whereTheStoreIsComesFromOneLayer() throws IOException {
        settings.environment.put("COMFY_S3_PROVIDER", "Cloudflare R2");
        settings.environment.put("COMFY_S3_ACCOUNT_ID", "4cc0");
        settings.environment.put("COMFY_S3_REGION", "eu");
        settings.environment.put("COMFY_S3_ENDPOINT_URL", "https://r2.example.com");
        settings.write("wasabi", "\"provider\": \"Wasabi\"");
        assertThat(settings.resolve(Settings.named("wasabi")).endpointName())
                .isEqualTo("https://s3.us-east-1.wasabisys.com");
        settings.write("r2", "\"provider\": \"Cloudflare R2\"");
        Settings.assertFails(Problem.R2_ACCOUNT_MISSING, () -> settings.resolve(Settings.named("r2")));
        settings.write("minio", "\"provider\": \"MinIO\"");
        Settings.assertFails(Problem.ENDPOINT_MISSING, () -> settings.resolve(Settings.named("minio")));
        settings.write("endpoint", "\"endpoint_url\": \"http://localhost:9000\"");
        assertThat(settings.resolve(Settings.named("endpoint")).address().region())
                .isEqualTo("us-east-1");
        settings.write("region", "\"region\": \"us-west-1\"");
        assertThat(settings.resolve(Settings.named("region")).endpointName()).isEqualTo("https://r2.example.com");
        assertThat(settings.profiles().complaints())
                .extracting(Complaint::toString)
                .anyMatch(text -> text.contains("profile region: its region and account_id are not used"));
    }

    @Test
    void aRegionAloneCountsWhereNothingElseSaysWhereTheStoreIs() throws IOException {
        settings.write("region", "\"region\": \"us-west-1\"");
        assertThat(settings.resolve(Settings.named("region")).endpointName())
                .isEqualTo("https://s3.us-west-1.amazonaws.com");
    }

    @Test
    void aNodeChoosesBucketAndPrefix() throws IOException {
        settings.write(
                "b2",
                "\"bucket\": \"filebucket\", \"path_prefix\": \"file/\", \"public_base_url\": \"https://x.example\"");
        assertThat(settings.resolve(Settings.named("b2")).keys())
                .isEqualTo(new KeySpace("filebucket", new KeyPrefix("file/")));
        assertThat(settings.resolve(Settings.named("b2")).publicBaseUrl()).isPresent();
        Profile other = settings.resolve(new ProfileRef("b2", "", "other", "node/"));
        assertThat(other.keys()).isEqualTo(new KeySpace("other", new KeyPrefix("node/")));
        assertThat(other.publicBaseUrl())
                .as("leads to the profile's own bucket")
                .isEmpty();
        Settings.assertFails(Problem.INPUT_NOT_USABLE, () -> settings.resolve(new ProfileRef("b2", "", "a/b", "")));
        Settings.assertFails(Problem.INPUT_NOT_USABLE, () -> settings.resolve(new ProfileRef("b2", "", "", "\ud83d")));
    }

    @Test
    void aNodesPresetTakesThePlaceOfEverythingAboutTheStore() throws IOException {
        settings.write(
                "minio",
                "\"provider\": \"MinIO\", \"endpoint_url\": \"http://localhost:9000\", \"region\": \"home\","
                        + " \"force_path_style\": true, \"bucket\": \"b\", \"public_base_url\": \"https://x.example\"");
        Profile aws = settings.resolve(new ProfileRef("minio", "AWS S3", "", ""));
        assertThat(aws.endpointName()).isEqualTo("https://s3.us-east-1.amazonaws.com");
        assertThat(aws.address().pathStyle()).isFalse();
        assertThat(aws.publicBaseUrl()).isEmpty();
        assertThat(settings.resolve(new ProfileRef("minio", "minio", "", "")))
                .isEqualTo(settings.resolve(Settings.named("minio")));
        assertThatThrownBy(() -> settings.resolve(new ProfileRef("minio", "Cloudflare R2", "", "")))
                .hasMessageStartingWith("Cloudflare R2 account id not configured. Choose (from profile)");
        Settings.assertFails(
                Problem.PROVIDER_UNKNOWN, () -> settings.resolve(new ProfileRef("minio", "Dropbox", "", "")));
    }

    @Test
    void localNeedsNothingAndStatesItsPlace() throws IOException {
        settings.environment.clear();
        settings.environment.put("COMFY_S3_PROVIDER", "Local");
        Profile profile = settings.resolve(ProfileRef.DEFAULT);
        assertThat(profile.credentials()).isEqualTo(new Credentials.LocalStore());
        assertThat(profile.keys()).isEqualTo(new KeySpace("comfyui", KeyPrefix.NONE));
        assertThat(profile.localFolder()).contains(folder.resolve(".local/share/comfy-bucket/local"));
        assertThat(profile.endpointName()).isEqualTo(profile.localFolder().get().toString());
        assertThat(Profile.local(profile.localFolder().get()).address()).isEqualTo(profile.address());
        settings.write("mine", "\"provider\": \"Local\", \"folder\": \"/srv/bucket\", \"bucket\": \"b\"");
        assertThat(settings.resolve(Settings.named("mine")).localFolder()).contains(Path.of("/srv/bucket"));
        settings.environment.put("COMFY_S3_ENDPOINT_URL", "https://x.example");
        Settings.assertFails(Problem.SETTING_NOT_USABLE, () -> settings.resolve(ProfileRef.DEFAULT));
    }

    @Test
    void aVariableCanNameTheDefaultProfile() throws IOException {
        settings.write("b2", KEYS + ", \"bucket\": \"filebucket\"");
        settings.environment.put("COMFY_S3_PROFILE", "b2");
        assertThat(settings.resolve(ProfileRef.DEFAULT).keys().bucket()).isEqualTo("filebucket");
        settings.write("other", "\"bucket\": \"otherbucket\"");
        assertThat(settings.resolve(Settings.named("other")).keys().bucket()).isEqualTo("otherbucket");
        settings.environment.put("COMFY_S3_PROFILE", "gone");
        Settings.assertFails(Problem.PROFILE_NOT_FOUND, () -> settings.resolve(ProfileRef.DEFAULT));
    }
}
