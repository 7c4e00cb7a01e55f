package comfybucket.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import comfybucket.error.CloudException;
import comfybucket.error.Problem;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProviderTest {
    @Test
    void usersSeeThemInThisOrder() {
        assertThat(Provider.all())
                .extracting(Provider::name)
                .containsExactly(
                        "Backblaze B2",
                        "AWS S3",
                        "Cloudflare R2",
                        "MinIO",
                        "Wasabi",
                        "DigitalOcean Spaces",
                        "GCS (S3 interop)",
                        "Custom",
                        "Local");
    }

    @ParameterizedTest
    @CsvSource(nullValues = "-", textBlock = """
            Backblaze B2,        us-west-004, https://s3.us-west-004.backblazeb2.com
            AWS S3,              us-east-1,   https://s3.us-east-1.amazonaws.com
            Cloudflare R2,       auto,        https://4cc0.r2.cloudflarestorage.com
            MinIO,               us-east-1,   -
            Wasabi,              us-east-1,   https://s3.us-east-1.wasabisys.com
            DigitalOcean Spaces, nyc3,        https://nyc3.digitaloceanspaces.com
            GCS (S3 interop),    auto,        https://storage.googleapis.com
            Custom,              us-east-1,   -
            Local,               us-east-1,   -
            """)
    void addressFollowsFromTheDefaultRegion(String name, String region, String address) {
        Provider provider = Provider.named(name);
        assertThat(provider.defaultRegion()).isEqualTo(region);
        assertThat(provider.signingRegion(region)).isEqualTo(region);
        assertThat(provider.address(region, "4cc0").map(Object::toString).orElse(null))
                .isEqualTo(address);
    }

    @ParameterizedTest
    @CsvSource({
        "eu, https://4cc0.eu.r2.cloudflarestorage.com",
        "EU, https://4cc0.eu.r2.cloudflarestorage.com",
        "FedRAMP, https://4cc0.fedramp.r2.cloudflarestorage.com"
    })
    void aJurisdictionOfR2IsAnAddressAndNotARegion(String region, String address) {
        Provider r2 = Provider.named("Cloudflare R2");
        assertThat(r2.address(region, "4cc0")).hasToString("Optional[" + address + "]");
        assertThat(r2.signingRegion(region)).isEqualTo("auto");
        assertThat(r2.signingRegion("weur")).isEqualTo("weur");
    }

    @Test
    void aRegionOfChinaIsARegionAtAnotherAddress() {
        Provider aws = Provider.named("AWS S3");
        assertThat(aws.address("cn-north-1", "")).hasToString("Optional[https://s3.cn-north-1.amazonaws.com.cn]");
        assertThat(aws.signingRegion("cn-north-1")).isEqualTo("cn-north-1");
    }

    @ParameterizedTest
    @CsvSource(nullValues = "-", textBlock = """
            https://s3.eu-central-003.backblazeb2.com,        Backblaze B2,        eu-central-003
            https://S3.EU-WEST-1.amazonaws.com,               AWS S3,              eu-west-1
            https://bucket.vpce-1.s3.eu-west-1.amazonaws.com, AWS S3,              -
            https://4cc0.eu.r2.cloudflarestorage.com,         Cloudflare R2,       -
            https://fra1.digitaloceanspaces.com,              DigitalOcean Spaces, fra1
            https://storage.googleapis.com,                   GCS (S3 interop),    -
            https://backblazeb2.com.example.com,              Custom,              -
            https://notwasabisys.com,                         Custom,              -
            http://localhost:9000,                            Custom,              -
            """)
    void anAddressTellsWhoseItIs(URI address, String name, String region) {
        Provider provider = Provider.at(address);
        assertThat(provider.name()).isEqualTo(name);
        assertThat(provider.regionIn(address).orElse(null)).isEqualTo(region);
    }

    @ParameterizedTest
    @ValueSource(strings = {"backblaze b2", " Backblaze B2\n", "BACKBLAZE B2"})
    void namesAreReadAsPeopleTypeThem(String name) {
        assertThat(Provider.named(name).name()).isEqualTo("Backblaze B2");
    }

    @Test
    void anUnknownNameListsTheKnownOnes() {
        assertThatThrownBy(() -> Provider.named("Dropbox"))
                .isInstanceOfSatisfying(
                        CloudException.class, e -> assertThat(e.problem()).isEqualTo(Problem.PROVIDER_UNKNOWN))
                .hasMessage("Unknown cloud storage provider: Dropbox. Use one of: Backblaze B2, AWS S3, Cloudflare R2,"
                        + " MinIO, Wasabi, DigitalOcean Spaces, GCS (S3 interop), Custom, Local.");
    }

    @Test
    void onlyAwsMayHaveTheMachinesAwsCredentials() {
        assertThat(Provider.all())
                .filteredOn(Provider::awsCredentials)
                .extracting(Provider::name)
                .containsExactly("AWS S3");
    }

    @Test
    void aProviderWithoutAnAddressOfItsOwnRequiresOne() {
        for (Provider provider : Provider.all()) {
            boolean known = provider.endpoint().isPresent() || provider.kind() == ProviderKind.LOCAL;
            assertThat(provider.requires(RequiredSetting.ENDPOINT_URL))
                    .as(provider.name())
                    .isEqualTo(!known);
            assertThat(provider.requires(RequiredSetting.ACCOUNT_ID))
                    .as(provider.name())
                    .isEqualTo(provider.endpoint().orElse("").contains("{account_id}"));
        }
    }

    @Test
    void everyQuirkBelongsToSomeProviderAndHasAReason() {
        Set<Quirk> used = EnumSet.noneOf(Quirk.class);
        for (Provider provider : Provider.all()) {
            used.addAll(provider.quirks().keySet());
            for (QuirkNote note : provider.quirks().values()) {
                assertThat(note.reason()).doesNotEndWith(".").hasSizeGreaterThan(20);
                assertThat(provider.has(note.quirk())).isTrue();
            }
        }
        assertThat(used).containsExactlyInAnyOrder(Quirk.values());
    }

    @Test
    void everyDataFileIsRead() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("src/main/resources/comfybucket/provider"))) {
            assertThat(files).hasSameSizeAs(ProviderFile.NAMES);
        }
    }
}
