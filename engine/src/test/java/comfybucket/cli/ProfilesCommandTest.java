package comfybucket.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProfilesCommandTest {
    @TempDir
    private Path home;

    private Commands commands;

    @BeforeEach
    void write() throws IOException {
        commands = new Commands(home);
        JsonObject b2 = new JsonObject();
        b2.addProperty("provider", "Backblaze B2");
        b2.addProperty("access_key", "0041234567890abcdef000001");
        b2.addProperty("secret_key", Commands.SECRET);
        b2.addProperty("session_token", Commands.SECRET);
        b2.addProperty("bucket", "outputs");
        b2.addProperty("path_prefix", "me/");
        commands.profile("b2", b2);
        JsonObject broken = new JsonObject();
        broken.addProperty("read_onyl", true);
        broken.addProperty("secret_key", Commands.SECRET);
        commands.profile("broken", broken);
    }

    @Test
    void listsEachWithItsPlaceAndWhatIsWrongWithTheOthers() {
        Commands.Result result = commands.run("profiles", "list").isOk();
        assertThat(result.lines())
                .anySatisfy(line -> assertThat(line).matches("b2 +Backblaze B2, s3://outputs/me/"))
                .anySatisfy(line -> assertThat(line).matches("local +Local, s3://comfyui/"))
                .anySatisfy(line -> assertThat(line).matches("broken +not usable: .*read_onyl.*"));
        assertThat(result.out() + result.err()).doesNotContain(Commands.SECRET);
    }

    @Test
    void tellsProgramsWhichCanBeUsed() {
        assertThat(commands.run("profiles", "list", "--json").isOk().json())
                .filteredOn(line -> line.get("usable").getAsBoolean())
                .extracting(line -> line.get("name").getAsString())
                .containsExactlyInAnyOrder("b2", "local");
    }

    @Test
    void theEnvironmentIsListedWhenItSaysEnough() {
        commands.without("COMFY_S3_PROFILE").with("COMFY_S3_PROVIDER", "Local");
        assertThat(commands.run("profiles", "list", "--json").isOk().json("name"))
                .contains("(env vars)");
    }

    @Test
    void saysWhenOthersCanReadTheFile() throws IOException {
        Files.setPosixFilePermissions(commands.profilesFile(), PosixFilePermissions.fromString("rw-r--r--"));
        assertThat(commands.run("profiles", "list").isOk().err()).contains("chmod 600");
    }

    @Test
    void showsEverythingButTheSecrets() {
        Commands.Result text = commands.run("profiles", "show", "b2").isOk();
        Commands.Result json = commands.run("profiles", "show", "b2", "--json").isOk();
        assertThat(json.json().getFirst())
                .satisfies(fields -> assertThat(fields.get("endpoint").getAsString())
                        .isEqualTo("https://s3.us-west-004.backblazeb2.com"))
                .satisfies(fields ->
                        assertThat(fields.get("access_key").getAsString()).isEqualTo("0041…"))
                .satisfies(fields ->
                        assertThat(fields.get("secret_key").getAsString()).isEqualTo("**redacted**"));
        assertThat(text.out() + json.out()).doesNotContain(Commands.SECRET).doesNotContain("567890abcdef");
        assertThat(text.lines()).anySatisfy(line -> assertThat(line).matches("path_prefix +me/"));
    }

    @Test
    void aMisspeltNameIsToldWithTheNearest() {
        assertThat(commands.run("profiles", "show", "b3"))
                .returns(4, Commands.Result::code)
                .satisfies(result -> assertThat(result.err())
                        .contains("Profile not found: b3")
                        .contains("\"b2\""));
    }

    @Test
    void testsAProfileLikeTheNode() {
        commands.put("first.txt", "1");
        assertThat(commands.run("profiles", "test", "local").isOk().out())
                .contains("OK · s3://comfyui · Local")
                .contains("first.txt");
    }

    @Test
    void withoutACommandItSaysWhichThereAre() {
        assertThat(commands.run("profiles"))
                .returns(2, Commands.Result::code)
                .satisfies(result -> assertThat(result.err()).contains("list").contains("show"));
    }

    @Test
    void theComfyUIThatInstallRememberedHasTheProfiles() throws IOException {
        Path secrets = Files.createDirectories(home.resolve("ComfyUI/user/__cloud_storage"));
        Files.copy(commands.profilesFile(), secrets.resolve("profiles.json"));
        Path config = Files.createDirectories(home.resolve(".config/comfy-bucket"));
        JsonObject remembered = new JsonObject();
        remembered.addProperty("secrets", secrets.toString());
        Files.writeString(config.resolve("comfyui.json"), remembered.toString());
        commands.without("COMFY_S3_PROFILES");
        assertThat(commands.run("profiles", "list", "--json").isOk().json("name"))
                .contains("b2");
    }
}
