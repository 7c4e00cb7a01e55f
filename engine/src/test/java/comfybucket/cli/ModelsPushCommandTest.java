package comfybucket.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelsPushCommandTest {
    @TempDir
    private Path home;

    private Commands commands;
    private Path model;

    @BeforeEach
    void open() throws IOException {
        commands = new Commands(home);
        model = Files.writeString(home.resolve("a.safetensors"), "a model");
    }

    @Test
    void sendsAModelOnceAndKnowsItAgain() {
        assertThat(push("--json").isOk().json("state")).containsExactly("pushed");
        assertThat(push("--json").isOk().json("state")).containsExactly("same");
        assertThat(commands.run("ls", "models/").isOk().lines()).anyMatch(line -> line.contains("a.safetensors"));
    }

    @Test
    void replacesOtherBytesOnlyWhenTold() throws IOException {
        push().isOk();
        Files.writeString(model, "another");
        assertThat(push()).returns(9, Commands.Result::code);
        assertThat(push("--if-exists", "skip", "--json").isOk().json("state")).containsExactly("skipped");
        assertThat(push("--if-exists", "overwrite", "--json").isOk().json("state"))
                .containsExactly("pushed");
    }

    @Test
    void readsTheSmallestFirst() throws IOException {
        Path folder = Files.createDirectory(home.resolve("folder"));
        Path large = Files.write(folder.resolve("large.safetensors"), new byte[300]);
        Path medium = Files.write(folder.resolve("medium.safetensors"), new byte[200]);
        assertThat(LocalFile.smallestFirst(List.of(folder.toString(), model.toString())))
                .extracting(LocalFile::path)
                .containsExactly(model, medium, large);
    }

    private Commands.Result push(String... more) {
        return commands.run(Stream.concat(Stream.of("models", "push", model.toString()), Stream.of(more))
                .toArray(String[]::new));
    }
}
