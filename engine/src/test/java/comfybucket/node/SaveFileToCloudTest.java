package comfybucket.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import comfybucket.error.CloudException;
import comfybucket.error.Problem;
import comfybucket.profile.ProfileRef;
import comfybucket.storage.KeyPrefix;
import comfybucket.storage.ListRequest;
import comfybucket.storage.ObjectKey;
import comfybucket.storage.ObjectStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that other nodes wrote, and files that nobody may name. */
class SaveFileToCloudTest extends SaveNodeFixture {
    private static final int LARGE = 40 << 20;

    @Test
    void savesWhatLiesInEitherFolderUnderItsOwnName() throws IOException {
        write(output().resolve("3d/cat.glb"), "model");
        write(temp().resolve("latents/one.latent"), "latent");
        Path absolute = write(output().resolve("sub title.srt"), "1");
        NodeResult saved = save("3d/cat.glb\n  latents/one.latent \n\n" + absolute + "\n");
        assertThat(keys(saved))
                .containsExactly("comfyui/files/cat.glb", "comfyui/files/one.latent", "comfyui/files/sub title.srt");
        assertThat(saved.outputs().getFirst().getAsString()).isEqualTo("comfyui/files/cat.glb");
        assertThat(saved.ui().text())
                .containsExactly(
                        "s3://comfyui/comfyui/files/cat.glb",
                        "s3://comfyui/comfyui/files/one.latent",
                        "s3://comfyui/comfyui/files/sub title.srt");
        assertThat(stored("comfyui/files/one.latent")).hasContent("latent");
        assertThat(Files.readString(absolute)).isEqualTo("1");
        assertThat(contentType("cat.glb")).hasValue("model/gltf-binary");
        assertThat(contentType("one.latent")).hasValue("application/octet-stream");
    }

    @Test
    void prefersTheOutputFolder() throws IOException {
        write(output().resolve("a.txt"), "output");
        write(temp().resolve("a.txt"), "temp");
        save("a.txt");
        assertThat(stored("comfyui/files/a.txt")).hasContent("output");
    }

    @Test
    void takesAListOfNamesFromAnotherNode() throws IOException {
        write(output().resolve("a.txt"), "a");
        write(output().resolve("b.txt"), "b");
        JsonArray list = new JsonArray();
        list.add("a.txt");
        list.add("b.txt");
        JsonObject inputs = new JsonObject();
        inputs.add("path", list);
        assertThat(keys(save(inputs))).containsExactly("comfyui/files/a.txt", "comfyui/files/b.txt");
    }

    @Test
    void givesFilesOfTheSameNameNumbers() throws IOException {
        write(output().resolve("one/x.png"), "1");
        write(output().resolve("two/x.png"), "2");
        assertThat(keys(save("one/x.png\ntwo/x.png")))
                .containsExactly("comfyui/files/x_0.png", "comfyui/files/x_1.png");
    }

    @Test
    void takesAnotherNameAndKeepsTheEnding() throws IOException {
        write(output().resolve("x.glb"), "1");
        write(output().resolve("y.PNG"), "2");
        JsonObject inputs = inputs("x.glb\ny.PNG");
        inputs.addProperty("filename", "cat_%batch_num%");
        assertThat(keys(save(inputs))).containsExactly("comfyui/files/cat_0.glb", "comfyui/files/cat_1.PNG");
        JsonObject withEnding = inputs("x.glb");
        withEnding.addProperty("filename", "dog.glb");
        assertThat(keys(save(withEnding))).containsExactly("comfyui/files/dog.glb");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"100%date%.txt", "a b+c&d=é😀.txt", "noending", ".hidden", "x.foo-bar", "%uuid%.txt", "a.tar.gz"
            })
    void keepsNamesAsTheyAre(String name) throws IOException {
        write(output().resolve(name), "content");
        assertThat(keys(save(name))).containsExactly("comfyui/files/" + name);
        assertThat(keys(save(name)).getFirst()).isNotEqualTo("comfyui/files/" + name);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../secret.txt",
                "sub/../../secret.txt",
                "FOLDER/secret.txt",
                "../output-of-others/secret.txt",
                "link.txt",
                "folder-link/secret.txt",
                "folder-link/nothing.txt",
                "dangling.txt",
                "dangling-folder/x.txt",
                "../nothing.txt",
                "FOLDER/nothing.txt",
                "/etc/passwd",
                "/etc/nothing",
                "..",
                ".",
                "a\0b"
            })
    void refusesWhatLiesOutside(String name) throws IOException {
        write(folder.resolve("secret.txt"), "secret");
        write(folder.resolve("output-of-others/secret.txt"), "secret");
        Files.createDirectories(output().resolve("sub"));
        Files.createSymbolicLink(output().resolve("link.txt"), folder.resolve("secret.txt"));
        Files.createSymbolicLink(output().resolve("folder-link"), folder);
        Files.createSymbolicLink(output().resolve("dangling.txt"), folder.resolve("nothing.txt"));
        Files.createSymbolicLink(output().resolve("dangling-folder"), folder.resolve("nothing"));
        String typed = name.replace("FOLDER", folder.toString());
        assertThatThrownBy(() -> save(typed))
                .isInstanceOfSatisfying(
                        CloudException.class,
                        thrown -> assertThat(thrown.problem()).isEqualTo(Problem.FILE_OUTSIDE));
        assertThat(writes()).isEmpty();
    }

    @Test
    void followsLinksThatStayInside() throws IOException {
        write(output().resolve("real/a.txt"), "a");
        Files.createSymbolicLink(output().resolve("link"), output().resolve("real"));
        assertThat(keys(save("link/a.txt"))).containsExactly("comfyui/files/a.txt");
    }

    @Test
    void worksWhereComfyUIsOwnFolderIsALink() throws IOException {
        Path elsewhere = Files.createDirectories(folder.resolve("elsewhere"));
        Files.delete(output());
        Files.createSymbolicLink(output(), elsewhere);
        write(elsewhere.resolve("a.txt"), "a");
        assertThat(keys(save("a.txt"))).containsExactly("comfyui/files/a.txt");
    }

    @ParameterizedTest
    @ValueSource(strings = {"gone.txt", "sub", "sub/gone.txt", "no/such/folder.txt"})
    void namesWhatIsNotThere(String name) throws IOException {
        Files.createDirectories(output().resolve("sub"));
        assertThatThrownBy(() -> save(name))
                .isInstanceOfSatisfying(
                        CloudException.class,
                        thrown -> assertThat(thrown.problem()).isEqualTo(Problem.FILE_NOT_READABLE));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  \n \n"})
    void asksForAName(String path) {
        assertThatThrownBy(() -> save(path)).hasMessageContaining("Input path is not usable: it names no file");
    }

    @Test
    void sendsALargeFileInPartsAndSaysHowMuchHasArrived() throws IOException {
        byte[] bytes = new byte[LARGE];
        new Random(1).nextBytes(bytes);
        Files.write(output().resolve("large.bin"), bytes);
        write(output().resolve("small.bin"), "1234");
        List<long[]> told = new ArrayList<>();
        Progress progress = (value, total) -> {
            synchronized (told) {
                told.add(new long[] {value, total});
            }
        };
        JsonObject inputs = inputs("large.bin\nsmall.bin");
        nodes().run("SaveFileToCloud", inputs, RunContext.plain(progress));
        assertThat(Arrays.mismatch(Files.readAllBytes(stored("comfyui/files/large.bin")), bytes))
                .isEqualTo(-1);
        assertThat(told.stream().mapToLong(step -> step[1]).distinct().toArray())
                .containsExactly(LARGE + 4L);
        LongStream values = told.stream().mapToLong(step -> step[0]);
        assertThat(values.max()).hasValue(LARGE + 4L);
        assertThat(told).hasSizeGreaterThan(3);
    }

    @Test
    void leavesNothingOfALargeFileWhenItIsCancelled() throws IOException, InterruptedException {
        Files.write(output().resolve("large.bin"), new byte[LARGE]);
        CountDownLatch letGo = holdParts();
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        Thread run = Thread.ofVirtual().start(() -> {
            try {
                save("large.bin");
            } catch (CancellationException | CloudException ended) {
                thrown.set(ended);
            }
        });
        while (writes().stream().noneMatch(write -> write.query().contains("partNumber"))) {
            Thread.sleep(5);
        }
        run.interrupt();
        boolean ended = run.join(Duration.ofSeconds(10));
        letGo.countDown();
        assertThat(ended).isTrue();
        assertThat(thrown.get()).isInstanceOf(CancellationException.class);
        ObjectStore store = buckets().open(ProfileRef.DEFAULT).store();
        assertThat(store.multipart().open(KeyPrefix.NONE)).isEmpty();
        assertThat(store.list(ListRequest.all(KeyPrefix.NONE)))
                .allSatisfy(page -> assertThat(page.objects()).isEmpty());
    }

    @Test
    void keepsACopyOfWhatLiesInTheTempFolderWhichComfyUIEmpties() throws IOException {
        for (Path place : List.of(output(), temp())) {
            Path file = write(place.resolve("a.latent"), "latent");
            refuse("a.latent");
            assertThatThrownBy(() -> save("a.latent"))
                    .isInstanceOfSatisfying(
                            CloudException.class,
                            kept -> assertThat(kept.getMessage())
                                    .contains(
                                            place.equals(temp())
                                                    ? "outbox" + java.io.File.separator
                                                    : file.toString()));
            Files.delete(file);
        }
    }

    @Test
    void showsPicturesFromWhereTheyLie() throws IOException {
        write(output().resolve("p/a.png"), "1");
        write(temp().resolve("b.mp4"), "2");
        Ui pictures = save("p/a.png\nb.mp4").ui();
        assertThat(pictures.images()).containsExactly(new Ui.File("a.png", "p", "output"));
        assertThat(pictures.animated()).hasValue(List.of());
        Ui video = save("b.mp4").ui();
        assertThat(video.images()).containsExactly(new Ui.File("b.mp4", "", "temp"));
        assertThat(video.animated()).hasValue(List.of(true));
        assertThat(video.audio()).isEmpty();
    }

    @Test
    void isToRunAgainWhenAFileHasChanged() throws IOException {
        write(output().resolve("a.txt"), "a");
        String before = nodes().identity("SaveFileToCloud", inputs("a.txt"));
        assertThat(nodes().identity("SaveFileToCloud", inputs("a.txt"))).isEqualTo(before);
        write(output().resolve("a.txt"), "longer");
        assertThat(nodes().identity("SaveFileToCloud", inputs("a.txt"))).isNotEqualTo(before);
        assertThat(nodes().identity("SaveFileToCloud", inputs("../secret.txt"))).isEqualTo("../secret.txt");
    }

    private Optional<String> contentType(String name) {
        return buckets()
                .open(ProfileRef.DEFAULT)
                .store()
                .head(new ObjectKey("comfyui/files/" + name))
                .contentType();
    }

    private static Path write(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text);
    }

    private static JsonObject inputs(String path) {
        JsonObject inputs = new JsonObject();
        inputs.addProperty("path", path);
        return inputs;
    }

    private NodeResult save(String path) {
        return save(inputs(path));
    }

    private NodeResult save(JsonObject inputs) {
        return nodes().run("SaveFileToCloud", inputs, RunContext.plain(Progress.NONE));
    }
}
