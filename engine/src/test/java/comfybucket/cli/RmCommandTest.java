package comfybucket.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RmCommandTest {
    @TempDir
    private Path home;

    private Commands commands;

    @BeforeEach
    void fill() throws IOException {
        commands = new Commands(home);
        commands.put("a.png", "a");
        commands.put("images/b.png", "b");
        commands.put("images/c.jpg", "c");
    }

    @Test
    void removesWhatIsNamedAndNothingElse() {
        commands.run("rm", "a.png", "images/*.jpg").isOk();
        assertThat(commands.objects()).containsExactly("images/b.png");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/", "images/", "**", "images/**/*.png"})
    void refusesWholeFoldersUnlessTold(String key) {
        assertThat(commands.run("rm", key))
                .returns(2, Commands.Result::code)
                .satisfies(result -> assertThat(result.err()).contains("--recursive"));
        assertThat(commands.objects()).hasSize(3);
    }

    @Test
    void removesAFolderWhenTold() {
        commands.run("rm", "--recursive", "images/").isOk();
        assertThat(commands.objects()).containsExactly("a.png");
    }

    @Test
    void everythingMeansEverythingUnderThePrefix() {
        commands.run("rm", "--recursive", "--prefix", "images/", "").isOk();
        assertThat(commands.objects()).containsExactly("a.png");
    }

    @Test
    void aDryRunNamesWhatItWouldRemove() {
        assertThat(commands.run("rm", "-n", "-r", "--json", "images/").isOk().json())
                .extracting(line ->
                        line.get("key").getAsString() + " " + line.get("state").getAsString())
                .containsExactlyInAnyOrder("images/b.png would_remove", "images/c.jpg would_remove");
        assertThat(commands.objects()).hasSize(3);
    }

    @Test
    void aKeyThatIsNotThereIsAnError() {
        assertThat(commands.run("rm", "b.png")).returns(4, Commands.Result::code);
    }

    @Test
    void aReadOnlyProfileLosesNothing() throws IOException {
        JsonObject fields = new JsonObject();
        fields.addProperty("provider", "Local");
        fields.addProperty("folder", home.resolve("bucket").toString());
        fields.addProperty("read_only", true);
        commands.profile("guarded", fields);
        assertThat(commands.run("rm", "--profile", "guarded", "a.png")).returns(5, Commands.Result::code);
        assertThat(commands.objects()).hasSize(3);
    }
}
