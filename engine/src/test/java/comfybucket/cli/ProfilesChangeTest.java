package comfybucket.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProfilesChangeTest {
    @TempDir
    private Path home;

    private Commands commands;

    @BeforeEach
    void start() throws IOException {
        commands = new Commands(home);
    }

    @Test
    void addsAProfileWhoseSecretsCameByStdinAndShowsNoneOfThem() throws IOException {
        Commands.Result result = commands.typing(
                        Commands.SECRET + "\ntoken-of-the-tests\n",
                        "profiles",
                        "add",
                        "outputs",
                        "provider=Backblaze B2",
                        "access_key=0041234567890abcdef",
                        "bucket=12345",
                        "read_only=true",
                        "concurrency=4",
                        "default_tags={\"project\": \"cats\"}",
                        "--session-token")
                .isOk();
        JsonObject written = profile("outputs");
        assertThat(written.get("secret_key").getAsString()).isEqualTo(Commands.SECRET);
        assertThat(written.get("session_token").getAsString()).isEqualTo("token-of-the-tests");
        assertThat(written.get("bucket").getAsString()).isEqualTo("12345");
        assertThat(written.get("read_only").getAsBoolean()).isTrue();
        assertThat(written.get("concurrency").getAsInt()).isEqualTo(4);
        assertThat(written.getAsJsonObject("default_tags").get("project").getAsString())
                .isEqualTo("cats");
        assertThat(result.out() + result.err()).contains("added  outputs").doesNotContain(Commands.SECRET);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(commands.profilesFile())))
                .isEqualTo("rw-------");
    }

    @Test
    void makesTheFileAndItsFolderOnAMachineThatHasNone() {
        commands.without("COMFY_S3_PROFILES").without("COMFY_S3_PROFILE");
        commands.run("profiles", "add", "mine", "provider=Local").isOk();
        assertThat(home.resolve(".config/comfy-bucket/profiles.json")).exists();
        assertThat(commands.run("profiles", "list", "--json").isOk().json("name"))
                .contains("mine");
    }

    @ParameterizedTest
    @ValueSource(strings = {"secret_key", "session_token"})
    void refusesASecretOnTheCommandLine(String field) throws IOException {
        Commands.Result result = commands.run("profiles", "add", "outputs", field + "=" + Commands.SECRET);
        assertThat(result.code()).isEqualTo(2);
        assertThat(result.err()).contains("others could read it").doesNotContain(Commands.SECRET);
        assertThat(Files.readString(commands.profilesFile())).doesNotContain("outputs");
    }

    @Test
    void asksForTheSecretOfAnAccessKey() {
        assertThat(commands.run("profiles", "add", "outputs", "access_key=004"))
                .returns(2, Commands.Result::code)
                .satisfies(result ->
                        assertThat(result.err()).contains("Secret key").contains("nothing was entered"));
    }

    @Test
    void doesNotReplaceAProfileByAddingIt() {
        assertThat(commands.run("profiles", "add", "local", "provider=Local"))
                .returns(2, Commands.Result::code)
                .satisfies(result -> assertThat(result.err()).contains("profiles edit"));
    }

    @Test
    void saysWhatAnIncompleteProfileLacks() {
        assertThat(commands.run("profiles", "add", "half", "provider=MinIO")
                        .isOk()
                        .err())
                .contains("It is not complete yet.");
    }

    @Test
    void changesWhatIsNamedAndKeepsTheRest() throws IOException {
        commands.run("profiles", "edit", "local", "path_prefix=me/", "read_only=true")
                .isOk();
        commands.run("profiles", "edit", "local", "read_only=").isOk();
        assertThat(profile("local").keySet()).containsExactlyInAnyOrder("provider", "folder", "path_prefix");
    }

    @Test
    void writesNothingThatCouldNotBeRead() throws IOException {
        String before = Files.readString(commands.profilesFile());
        assertThat(commands.run("profiles", "edit", "local", "read_onyl=true"))
                .returns(6, Commands.Result::code)
                .satisfies(result -> assertThat(result.err()).contains("read_onyl"));
        assertThat(commands.run("profiles", "edit", "local", "default_tags={oops"))
                .returns(2, Commands.Result::code);
        assertThat(commands.run("profiles", "edit", "local", "read_only")).returns(2, Commands.Result::code);
        assertThat(commands.profilesFile()).hasContent(before);
    }

    @ParameterizedTest
    @CsvSource({
        "add, outputs, would_add, would add  outputs",
        "edit, local, would_change, would change  local",
        "remove, local, would_remove, would remove  local"
    })
    void aDryRunSaysWhatItWouldDoAndAsksAndChangesNothing(String command, String name, String state, String text)
            throws IOException {
        String before = Files.readString(commands.profilesFile());
        List<String> args = new ArrayList<>(List.of("profiles", command, name));
        if (!command.equals("remove")) {
            args.addAll(List.of("access_key=004", "bucket=12345"));
        }
        args.add("--dry-run");
        Commands.Result said = commands.run(args.toArray(String[]::new)).isOk();
        assertThat(said.out()).contains(text);
        assertThat(said.err()).isEmpty();
        args.add("--json");
        assertThat(commands.run(args.toArray(String[]::new)).isOk().json("state"))
                .containsExactly(state);
        assertThat(commands.profilesFile()).hasContent(before);
    }

    @Test
    void aDryRunRefusesWhatTheCommandWouldRefuse() throws IOException {
        String before = Files.readString(commands.profilesFile());
        assertThat(commands.run("profiles", "add", "local", "provider=Local", "-n"))
                .returns(2, Commands.Result::code);
        assertThat(commands.run("profiles", "edit", "local", "read_onyl=true", "-n"))
                .returns(6, Commands.Result::code)
                .satisfies(result -> assertThat(result.err()).contains("read_onyl"));
        assertThat(commands.run("profiles", "remove", "locla", "-n")).returns(4, Commands.Result::code);
        assertThat(commands.profilesFile()).hasContent(before);
    }

    @Test
    void removesAProfile() throws IOException {
        commands.run("profiles", "add", "other", "provider=Local").isOk();
        commands.run("profiles", "remove", "local").isOk();
        assertThat(commands.run("profiles", "list", "--json").isOk().json("name"))
                .containsExactly("other");
    }

    @ParameterizedTest
    @ValueSource(strings = {"edit", "remove"})
    void aMisspeltNameIsToldWithTheNearest(String command) {
        assertThat(commands.run("profiles", command, "locla"))
                .returns(4, Commands.Result::code)
                .satisfies(result -> assertThat(result.err()).contains("\"local\""));
    }

    private JsonObject profile(String name) throws IOException {
        return JsonParser.parseString(Files.readString(commands.profilesFile()))
                .getAsJsonObject()
                .getAsJsonObject("profiles")
                .getAsJsonObject(name);
    }
}
