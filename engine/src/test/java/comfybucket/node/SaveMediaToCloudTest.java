package comfybucket.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import comfybucket.error.CloudException;
import comfybucket.error.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** Files that the pack has made of sounds and videos. */
class SaveMediaToCloudTest extends SaveNodeFixture {
    @Test
    void savesAVideoAndShowsTheSameFileOnTheNode() throws IOException {
        MadeFile video = made("video.webm", "frames");
        NodeResult saved = run("SaveVideoToCloud", inputs("clip_%width%x%height%"), List.of(video));
        String key = saved.outputs().getFirst().getAsString();
        assertThat(key).isEqualTo("comfyui/videos/clip_64x48.webm");
        assertThat(saved.outputs()).hasSize(2);
        assertThat(stored(key)).hasContent("frames");
        assertThat(saved.ui().animated()).hasValue(List.of(true));
        assertThat(saved.ui().audio()).isEmpty();
        assertThat(shown(saved.ui().images().getFirst())).hasContent("frames");
        assertThat(video.path()).doesNotExist();
        assertThat(writes().getFirst().headers().first("Content-Type")).hasValue("video/webm");
    }

    @Test
    void savesEachSoundOfABatch() throws IOException {
        NodeResult saved = run("SaveAudioToCloud", inputs("take"), List.of(made("0.mp3", "a"), made("1.mp3", "b")));
        assertThat(keys(saved)).containsExactly("comfyui/audio/take_0.mp3", "comfyui/audio/take_1.mp3");
        assertThat(stored("comfyui/audio/take_1.mp3")).hasContent("b");
        List<Ui.File> sounds = saved.ui().audio().orElseThrow();
        assertThat(shown(sounds.get(0))).hasContent("a");
        assertThat(shown(sounds.get(1))).hasContent("b");
        assertThat(saved.ui().images()).isEmpty();
        assertThat(saved.ui().animated()).isEmpty();
    }

    @Test
    void replacesNothing() throws IOException {
        String first = keys(run("SaveAudioToCloud", inputs("x"), List.of(made("0.flac", "1"))))
                .getFirst();
        String second = keys(run("SaveAudioToCloud", inputs("x"), List.of(made("0.flac", "2"))))
                .getFirst();
        assertThat(second).isNotEqualTo(first).endsWith(".flac");
        assertThat(stored(first)).hasContent("1");
        assertThat(stored(second)).hasContent("2");
        JsonObject overwrite = inputs("x");
        overwrite.addProperty("on_conflict", "overwrite");
        run("SaveAudioToCloud", overwrite, List.of(made("0.flac", "3")));
        assertThat(stored(first)).hasContent("3");
        JsonObject fail = inputs("x");
        fail.addProperty("on_conflict", "fail");
        assertThatThrownBy(() -> run("SaveAudioToCloud", fail, List.of(made("0.flac", "4"))))
                .isInstanceOfSatisfying(
                        CloudException.class,
                        thrown -> assertThat(thrown.problem()).isEqualTo(Problem.OBJECT_EXISTS));
        assertThat(stored(first)).hasContent("3");
    }

    @Test
    void tellsWhichSoundsAreInTheBucketWhenOneIsNot() throws IOException {
        refuse("x_1");
        List<MadeFile> sounds = List.of(made("0.flac", "a"), made("1.flac", "b"));
        assertThatThrownBy(() -> run("SaveAudioToCloud", inputs("x_%batch_num%"), sounds))
                .isInstanceOfSatisfying(CloudException.class, thrown -> {
                    assertThat(thrown.problem()).isIn(Problem.SAVED_IN_PART, Problem.ACCESS_DENIED);
                    assertThat(thrown.getMessage()).contains("Access denied");
                });
        assertThat(stored("comfyui/audio/x_1.flac")).doesNotExist();
    }

    @Test
    void countsBytes() throws IOException {
        List<String> told = new ArrayList<>();
        Progress progress = (value, total) -> told.add(value + "/" + total);
        run("SaveVideoToCloud", inputs("x"), List.of(made("video.mp4", "12345")), progress);
        assertThat(told).containsExactly("5/5");
    }

    @Test
    void saysWhatIsMissingWhenNothingWasMade() {
        assertThatThrownBy(() -> run("SaveVideoToCloud", inputs("x"), List.of()))
                .hasMessageContaining("Input video is not usable");
        assertThatThrownBy(() -> run("SaveAudioToCloud", inputs("x"), List.of()))
                .hasMessageContaining("Input audio is not usable");
    }

    @Test
    void savesATextAsItIsInUtf8() throws IOException {
        JsonObject inputs = inputs("note");
        inputs.addProperty("text", "Zeile 1\r\n\tü😀\u0000\n");
        inputs.addProperty("extension", "md");
        NodeResult saved = run("SaveTextToCloud", inputs, List.of());
        String key = saved.outputs().getFirst().getAsString();
        assertThat(key).isEqualTo("comfyui/text/note.md");
        assertThat(saved.outputs()).hasSize(2);
        assertThat(Files.readString(stored(key))).isEqualTo("Zeile 1\r\n\tü😀\u0000\n");
        assertThat(writes().getFirst().headers().first("Content-Type")).hasValue("text/markdown; charset=utf-8");
        assertThat(saved.ui().text()).containsExactly("s3://comfyui/comfyui/text/note.md");
        assertThat(temp()).isEmptyDirectory();
    }

    @Test
    void savesAnEmptyTextAndRefusesOtherEndings() throws IOException {
        assertThat(stored(run("SaveTextToCloud", inputs("x"), List.of())
                        .outputs()
                        .getFirst()
                        .getAsString()))
                .isEmptyFile();
        JsonObject html = inputs("x");
        html.addProperty("extension", "html");
        assertThatThrownBy(() -> run("SaveTextToCloud", html, List.of())).hasMessageContaining("txt, md, json or csv");
    }

    private MadeFile made(String name, String content) throws IOException {
        Path own = Files.createTempDirectory(temp(), "making-");
        return new MadeFile(Files.writeString(own.resolve(name), content), OptionalInt.of(64), OptionalInt.of(48));
    }

    private Path shown(Ui.File file) {
        assertThat(file.type()).isEqualTo("temp");
        return temp().resolve(file.subfolder()).resolve(file.filename());
    }

    private static JsonObject inputs(String filename) {
        JsonObject inputs = new JsonObject();
        inputs.addProperty("filename", filename);
        return inputs;
    }

    private NodeResult run(String node, JsonObject inputs, List<MadeFile> files) {
        return run(node, inputs, files, Progress.NONE);
    }

    private NodeResult run(String node, JsonObject inputs, List<MadeFile> files, Progress progress) {
        return nodes().run(
                        node,
                        inputs,
                        new RunContext(
                                Optional.empty(), new LinkedHashMap<>(), false, Optional.empty(), files, progress));
    }
}
