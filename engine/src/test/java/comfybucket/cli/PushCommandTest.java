package comfybucket.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import comfybucket.storage.KeyPrefix;
import comfybucket.store.LocalStore;
import comfybucket.store.StoreOptions;
import comfybucket.store.http.Response;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PushCommandTest {
    @TempDir
    private Path home;

    private Commands commands;
    private Path renders;

    @BeforeEach
    void files() throws IOException {
        commands = new Commands(home);
        renders = Files.createDirectories(home.resolve("renders/deep")).getParent();
        Files.writeString(renders.resolve("a.png"), "a");
        Files.writeString(renders.resolve("deep/b ü.txt"), "b");
    }

    @Test
    void uploadsAFolderUnderItsNameAndItsContentWithoutIt() {
        commands.run("push", renders.toString()).isOk();
        commands.run("push", renders + "/", "--to", "x/").isOk();
        assertThat(commands.objects())
                .containsExactly("renders/a.png", "renders/deep/b ü.txt", "x/a.png", "x/deep/b ü.txt");
    }

    @Test
    void tellsProgramsWhatBecameOfEachFile() {
        Commands.Result result = commands.run(
                        "push", "--json", renders.resolve("a.png").toString())
                .isOk();
        JsonObject line = result.json().getFirst();
        assertThat(line.get("key").getAsString()).isEqualTo("a.png");
        assertThat(line.get("size").getAsLong()).isEqualTo(1);
        assertThat(line.get("state").getAsString()).isEqualTo("pushed");
    }

    @Test
    void saysWhatKindOfFileItIs() {
        commands.run("push", renders.resolve("a.png").toString()).isOk();
        assertThat(commands.<String>inBucket(bucket -> bucket.store()
                        .head(bucket.keys().resolve("a.png"))
                        .contentType()
                        .orElseThrow()))
                .isEqualTo("image/png");
    }

    @Test
    void replacesNothingUnlessTold() throws IOException {
        String file = renders.resolve("a.png").toString();
        commands.put("a.png", "theirs");
        assertThat(commands.run("push", file)).returns(9, Commands.Result::code);
        assertThat(commands.run("push", "--json", "--if-exists", "skip", file)
                        .isOk()
                        .json("state"))
                .containsExactly("skipped");
        assertThat(size("a.png")).isEqualTo(6);
        commands.run("push", "--if-exists", "overwrite", file).isOk();
        assertThat(size("a.png")).isEqualTo(1);
    }

    @Test
    void oneThatFailsLeavesTheOthersAlone() {
        commands.put("renders/a.png", "theirs");
        Commands.Result result = commands.run("push", renders.toString());
        assertThat(result.code()).isEqualTo(8);
        assertThat(result.err()).contains("The key is taken: s3://comfyui/renders/a.png");
        assertThat(commands.objects()).contains("renders/deep/b ü.txt");
    }

    @Test
    void aDryRunChangesNothing() {
        commands.put("renders/a.png", "theirs");
        assertThat(commands.run("push", "--dry-run", "--json", renders.toString())
                        .isOk()
                        .json("state"))
                .containsExactlyInAnyOrder("taken", "would_push");
        assertThat(commands.objects()).containsExactly("renders/a.png");
    }

    @Test
    void aReadOnlyProfileTakesNothing() throws IOException {
        JsonObject fields = new JsonObject();
        fields.addProperty("provider", "Local");
        fields.addProperty("read_only", true);
        commands.profile("guarded", fields);
        assertThat(commands.run("push", "--profile", "guarded", renders.toString()))
                .returns(5, Commands.Result::code)
                .satisfies(result -> assertThat(result.err()).contains("Profile guarded is read-only"));
    }

    @Test
    void aFileThatIsNotThereIsNamed() {
        assertThat(commands.run("push", home.resolve("nothing.png").toString()))
                .returns(1, Commands.Result::code)
                .satisfies(result ->
                        assertThat(result.err()).contains("cannot be read").contains("nothing.png"));
    }

    @Test
    void linksInFoldersAreNotFollowed() throws IOException {
        Path secret = Files.writeString(home.resolve("secret.txt"), "secret");
        Files.createSymbolicLink(renders.resolve("link.txt"), secret);
        Files.createSymbolicLink(renders.resolve("loop"), renders);
        commands.run("push", renders.toString()).isOk();
        assertThat(commands.objects()).containsExactly("renders/a.png", "renders/deep/b ü.txt");
    }

    @Test
    void aLargeFileGoesInPartsAndComesBackTheSame() throws IOException {
        Path large = large();
        commands.run("push", large.toString()).isOk();
        commands.run("pull", "large.safetensors", "--to", home.resolve("back").toString())
                .isOk();
        assertThat(Files.mismatch(large, home.resolve("back/large.safetensors")))
                .isEqualTo(-1);
    }

    @Test
    void anUploadThatFailsLeavesNoPartsBehind() throws IOException {
        Path large = large();
        AtomicInteger parts = new AtomicInteger();
        StoreOptions refusing = StoreOptions.defaults()
                .withFront(inner -> request -> request.query().contains("partNumber=2") && parts.incrementAndGet() > 0
                        ? Response.of(403)
                        : inner.handle(request));
        try (LocalStore store = LocalStore.open(home.resolve("other"), refusing)) {
            commands.profile("other", commands.remote(store));
            assertThat(commands.run("push", "--profile", "other", large.toString()))
                    .returns(5, Commands.Result::code);
            assertThat(parts).hasPositiveValue();
        }
        boolean left = commands.inBucketOf(
                home.resolve("other"),
                bucket -> bucket.store()
                        .multipart()
                        .open(KeyPrefix.NONE)
                        .iterator()
                        .hasNext());
        assertThat(left).isFalse();
    }

    private long size(String key) {
        return commands.run("ls", "--json", key)
                .isOk()
                .json()
                .getFirst()
                .get("size")
                .getAsLong();
    }

    private Path large() throws IOException {
        byte[] bytes = new byte[35 << 20];
        new Random(35).nextBytes(bytes);
        return Files.write(home.resolve("large.safetensors"), bytes);
    }
}
