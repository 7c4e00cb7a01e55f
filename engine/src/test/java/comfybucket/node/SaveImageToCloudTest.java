package comfybucket.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import comfybucket.error.CloudException;
import comfybucket.error.Problem;
import comfybucket.media.Pixels;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

/** Batches of pictures. */
class SaveImageToCloudTest extends SaveNodeFixture {
    private static final int SIDE = 8;

    @Test
    void tellsWhichPicturesAreInTheBucketWhenABatchFailsHalfWay() {
        refuse("cat_2", 5);
        assertThatThrownBy(() -> save(6, inputs("cat_%batch_num%")))
                .isInstanceOfSatisfying(CloudException.class, thrown -> {
                    assertThat(thrown.problem()).isEqualTo(Problem.SAVED_IN_PART);
                    assertThat(thrown.getMessage()).contains("of 6").contains("Access denied");
                    for (String file : files("pictures")) {
                        assertThat(thrown.getMessage()).contains("s3://comfyui/pictures/" + file);
                    }
                    assertThat(thrown.getMessage()).doesNotContain("s3://comfyui/pictures/cat_2.png,");
                });
        assertThat(files("pictures")).isNotEmpty().doesNotContain("cat_2.png");
    }

    @Test
    void failsWithTheCauseAloneWhenNothingIsInTheBucket() {
        refuse("cat");
        assertThatThrownBy(() -> save(2, inputs("cat_%batch_num%")))
                .isInstanceOfSatisfying(
                        CloudException.class,
                        thrown -> assertThat(thrown.problem()).isEqualTo(Problem.ACCESS_DENIED));
    }

    @Test
    void showsWhatIsEncodedLater() throws IOException {
        JsonObject later = inputs("cat_%batch_num%");
        later.addProperty("upload", "background");
        List<Ui.File> shown = save(2, later).ui().images();
        assertThat(shown).hasSize(2);
        for (Ui.File one : shown) {
            Path file = temp().resolve(one.subfolder()).resolve(one.filename());
            assertThat(ImageIO.read(file.toFile()).getWidth()).isEqualTo(SIDE);
        }
    }

    @Test
    void givesEachPictureOfABatchAFileUnderATemplateThatTellsThemNotApart() {
        assertThat(keys(save(3, inputs("cat")))).doesNotHaveDuplicates().hasSize(3);
    }

    @Test
    void replacesOnlyWhenAskedTo() {
        JsonObject overwrite = inputs("cat_%batch_num%");
        overwrite.addProperty("on_conflict", "overwrite");
        assertThat(keys(save(2, overwrite))).isEqualTo(keys(save(2, overwrite)));
        assertThat(files("pictures")).containsExactlyInAnyOrder("cat_0.png", "cat_1.png");
    }

    @Test
    void failsWhenTheNameIsTakenAndThatIsWanted() {
        JsonObject fail = inputs("cat");
        fail.addProperty("on_conflict", "fail");
        save(1, fail);
        assertThatThrownBy(() -> save(1, fail))
                .isInstanceOfSatisfying(
                        CloudException.class,
                        thrown -> assertThat(thrown.problem()).isEqualTo(Problem.OBJECT_EXISTS));
        assertThat(files("pictures")).hasSize(1);
    }

    @Test
    void givesKeysRelativeToThePrefixThatLoadAsTheyAre() {
        set("COMFY_S3_PATH_PREFIX", "team/");
        String key = keys(save(1, inputs("cat"))).getFirst();
        assertThat(key).startsWith("pictures/cat");
        JsonObject load = new JsonObject();
        load.addProperty("key", key);
        NodeResult loaded = nodes().run("LoadImageFromCloud", load, RunContext.plain(Progress.NONE));
        assertThat(loaded.files().getFirst().uri()).isEqualTo("s3://comfyui/team/" + key);
        assertThat(loaded.files().getFirst().path()).isNotEmptyFile();
    }

    @Test
    void givesAnUrlOnlyWhenAskedTo() {
        JsonObject inputs = inputs("cat");
        assertThat(save(1, inputs).outputs().get(1).getAsString()).isEmpty();
        inputs.addProperty("presign_url", true);
        NodeResult shared = save(1, inputs);
        assertThat(shared.outputs().get(1).getAsString()).contains("X-Amz-Signature=");
        assertThat(shared.ui().text().getLast())
                .isEqualTo("url: " + shared.outputs().get(1).getAsString());
    }

    @Test
    void refusesAnEmptyBatchAndFormatsThatDoNotExist() {
        assertThatThrownBy(() -> nodes().run("SaveImageToCloud", inputs("cat"), RunContext.plain(Progress.NONE)))
                .hasMessageContaining("images");
        JsonObject bmp = inputs("cat");
        bmp.addProperty("format", "bmp");
        assertThatThrownBy(() -> save(1, bmp)).hasMessageContaining("png, jpg or webp");
    }

    private static JsonObject inputs(String filename) {
        JsonObject inputs = new JsonObject();
        inputs.addProperty("key_prefix", "pictures/");
        inputs.addProperty("filename", filename);
        return inputs;
    }

    private NodeResult save(int count, JsonObject inputs) {
        long bytes = (long) count * SIDE * SIDE * 3;
        Pixels pixels = new Pixels(Arena.ofAuto().allocate(bytes), count, SIDE, SIDE, 3);
        RunContext context = new RunContext(
                Optional.empty(),
                new LinkedHashMap<>(),
                false,
                Optional.of(new Pictures.Raw(pixels)),
                List.of(),
                Progress.NONE);
        return nodes().run("SaveImageToCloud", inputs, context);
    }
}
