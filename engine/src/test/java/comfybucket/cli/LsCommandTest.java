package comfybucket.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import comfybucket.store.LocalStore;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LsCommandTest {
    @TempDir
    private Path home;

    private Commands commands;

    @BeforeEach
    void fill() throws IOException {
        commands = new Commands(home);
        commands.put("images/a.png", "12345");
        commands.put("images/deep/b.png", "1");
        commands.put("images/deep/c.jpg", "1");
        commands.put("notes.txt", "x".repeat(3000));
    }

    @Test
    void showsFoldersAndWhatLiesBesideThem() {
        assertThat(commands.run("ls").isOk().lines())
                .satisfiesExactly(
                        folder -> assertThat(folder).endsWith("  images/"),
                        file -> assertThat(file).matches(" +2\\.9 KB  [0-9-]{10} [0-9:]{5}  notes\\.txt"));
    }

    @Test
    void goesIntoFoldersWhenAsked() {
        assertThat(commands.run("ls", "-r", "--json", "images/").isOk().json("key"))
                .containsExactly("images/a.png", "images/deep/b.png", "images/deep/c.jpg");
    }

    @Test
    void listsWhatMatchesAPattern() {
        assertThat(commands.run("ls", "--json", "images/**/*.png").isOk().json("key"))
                .containsExactly("images/a.png", "images/deep/b.png");
        assertThat(commands.run("ls", "--json", "s3://comfyui/images/*").isOk().json("key"))
                .containsExactly("images/a.png");
    }

    @Test
    void givesProgramsEverythingThatAListingSays() {
        JsonObject line = commands.run("ls", "--json", "images/a").isOk().json().getFirst();
        assertThat(line.keySet()).containsExactly("key", "size", "last_modified", "etag");
        assertThat(line.get("size").getAsLong()).isEqualTo(5);
        assertThat(commands.run("ls", "--json")
                        .isOk()
                        .json()
                        .getFirst()
                        .get("folder")
                        .getAsString())
                .isEqualTo("images/");
    }

    @Test
    void showsKeysUnderThePrefixOfTheProfile() {
        assertThat(commands.run("ls", "--prefix", "images/deep/", "--json")
                        .isOk()
                        .json("key"))
                .containsExactly("b.png", "c.jpg");
    }

    @Test
    void stopsAfterTheLinesThatWereAskedFor() {
        assertThat(commands.run("ls", "-r", "--max", "2").isOk().lines()).hasSize(2);
        assertThat(commands.run("ls", "--max", "1").isOk().lines()).hasSize(1);
    }

    @Test
    void takesTheCharactersOfPatternsLiterallyWhenAsked() {
        commands.put("odd/[1]*.txt", "x");
        commands.put("odd/1.txt", "x");
        assertThat(commands.run("ls", "--json", "--literal", "odd/[1]*").isOk().json("key"))
                .containsExactly("odd/[1]*.txt");
        assertThat(commands.run("ls", "--json", "odd/\\[1\\]\\*.*").isOk().json("key"))
                .containsExactly("odd/[1]*.txt");
    }

    @Test
    void aKeyCannotDriveTheTerminalOrFakeALine() {
        commands.put("evil/\u001b[2J\nnotes.txt \u202etxt.exe", "x");
        assertThat(commands.run("ls", "evil/").isOk().lines())
                .singleElement()
                .asString()
                .endsWith("evil/\\u001B[2J\\u000Anotes.txt \\u202Etxt.exe");
        assertThat(commands.run("ls", "--json", "evil/").isOk().json("key"))
                .containsExactly("evil/\u001b[2J\nnotes.txt \u202etxt.exe");
    }

    @Test
    void aMissingBucketAndAWrongSecretHaveExitCodesOfTheirOwn() throws IOException {
        assertThat(commands.run("ls", "--bucket", "not-there"))
                .returns(4, Commands.Result::code)
                .returns("", Commands.Result::out);
        try (LocalStore store = LocalStore.open(home.resolve("other"))) {
            JsonObject fields = commands.remote(store);
            fields.addProperty("secret_key", Commands.SECRET);
            commands.profile("wrong", fields);
            Commands.Result result = commands.run("ls", "--profile", "wrong", "--json");
            assertThat(result.code()).isEqualTo(5);
            assertThat(result.err())
                    .contains("{\"error\":{\"code\":\"signature_mismatch\"")
                    .doesNotContain(Commands.SECRET);
        }
    }

    @Test
    void aBrokenPatternIsAUsageError() {
        Commands.Result result = commands.run("ls", "images/[a");
        assertThat(result.code()).isEqualTo(2);
        assertThat(result.err()).contains("pattern images/[a").contains("a [ has no ]");
    }
}
