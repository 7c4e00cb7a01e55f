package comfybucket.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import comfybucket.error.CloudException;
import comfybucket.error.Problem;
import comfybucket.media.Pixels;
import comfybucket.store.http.Headers;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a profile says about everything that is saved holds for every save node. */
class SaveSettingsTest extends SaveNodeFixture {
    enum SaveNode {
        SaveImageToCloud,
        SaveVideoToCloud,
        SaveAudioToCloud,
        SaveFileToCloud,
        SaveTextToCloud
    }

    @ParameterizedTest
    @EnumSource
    void tagsClassAndCacheControlAreTheProfiles(SaveNode node) throws IOException {
        profile("""
                "default_tags": {"team": "a b", "by": "comfy"}, "storage_class": "STANDARD_IA",
                "cache_control": "max-age=60\"""");
        run(node);
        Headers headers = writes().getLast().headers();
        assertThat(headers.first("x-amz-tagging")).hasValue("team=a%20b&by=comfy");
        assertThat(headers.first("x-amz-storage-class")).hasValue("STANDARD_IA");
        assertThat(headers.first("Cache-Control")).hasValue("max-age=60");
    }

    @ParameterizedTest
    @EnumSource
    void encryptionIsTheProfiles(SaveNode node) throws IOException {
        profile("\"server_side_encryption\": \"aws:kms\", \"kms_key_id\": \"key-1\"");
        // The embedded store cannot encrypt, and says so.
        assertThatThrownBy(() -> run(node))
                .isInstanceOfSatisfying(
                        CloudException.class,
                        thrown -> assertThat(thrown.problem()).isEqualTo(Problem.STORE_CANNOT));
        Headers headers = writes().getLast().headers();
        assertThat(headers.first("x-amz-server-side-encryption")).hasValue("aws:kms");
        assertThat(headers.first("x-amz-server-side-encryption-aws-kms-key-id")).hasValue("key-1");
    }

    @ParameterizedTest
    @EnumSource
    void aProfileForReadingOnlySavesNothing(SaveNode node) throws IOException {
        profile("\"read_only\": true");
        assertThatThrownBy(() -> run(node))
                .isInstanceOfSatisfying(
                        CloudException.class,
                        thrown -> assertThat(thrown.problem()).isEqualTo(Problem.PROFILE_READ_ONLY));
        assertThat(writes()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void aPublicAddressGivesALinkUnasked(SaveNode node) throws IOException {
        profile("\"public_base_url\": \"https://cdn.example/x\"");
        NodeResult saved = run(node);
        String key = saved.outputs().get(0).getAsString();
        assertThat(saved.outputs().get(1).getAsString()).isEqualTo("https://cdn.example/x/" + key);
        assertThat(saved.ui().text()).contains("url: https://cdn.example/x/" + key);
    }

    @ParameterizedTest
    @EnumSource
    void aTakenNameIsDealtWithAsTheProfileSays(SaveNode node) throws IOException {
        profile("\"on_conflict\": \"overwrite\"");
        String first = run(node).outputs().get(0).getAsString();
        assertThat(run(node).outputs().get(0).getAsString()).isEqualTo(first);
        profile("\"on_conflict\": \"fail\"");
        assertThatThrownBy(() -> run(node))
                .isInstanceOfSatisfying(
                        CloudException.class,
                        thrown -> assertThat(thrown.problem()).isEqualTo(Problem.OBJECT_EXISTS));
        profile("\"on_conflict\": \"rename\"");
        assertThat(run(node).outputs().get(0).getAsString()).isNotEqualTo(first);
    }

    private NodeResult run(SaveNode node) throws IOException {
        Path made = Files.createTempDirectory(temp(), "making-");
        JsonObject profile = new JsonObject();
        profile.addProperty("profile", "p");
        JsonObject inputs = new JsonObject();
        inputs.add("profile", profile);
        inputs.addProperty("path", "model.glb");
        Files.writeString(output().resolve("model.glb"), "model");
        List<MadeFile> files = switch (node) {
            case SaveVideoToCloud -> List.of(made(made.resolve("video.mp4")));
            case SaveAudioToCloud -> List.of(made(made.resolve("0.flac")));
            case SaveImageToCloud, SaveFileToCloud, SaveTextToCloud -> List.of();
        };
        Pixels pixels = new Pixels(Arena.ofAuto().allocate(3), 1, 1, 1, 3);
        return nodes().run(
                        node.name(),
                        inputs,
                        new RunContext(
                                Optional.empty(),
                                new LinkedHashMap<>(),
                                false,
                                Optional.of(new Pictures.Raw(pixels)),
                                files,
                                Progress.NONE));
    }

    private static MadeFile made(Path file) throws IOException {
        return new MadeFile(Files.writeString(file, "made"), OptionalInt.empty(), OptionalInt.empty());
    }
}
