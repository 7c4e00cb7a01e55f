package comfybucket.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServeCommandTest {
    @TempDir
    private Path home;

    private Commands commands;

    @BeforeEach
    void start() throws IOException {
        commands = new Commands(home);
    }

    @Test
    void otherClientsCanUseWhatItPrintsUntilItIsStopped() throws Exception {
        commands.put("a.txt", "1");
        try (Served served = new Served(commands, "--show-secret")) {
            JsonObject fields = served.json();
            fields.addProperty("endpoint_url", fields.remove("endpoint").getAsString());
            fields.addProperty("provider", "Custom");
            commands.profile("client", fields);
            assertThat(commands.run("ls", "--profile", "client", "--json")
                            .isOk()
                            .json("key"))
                    .containsExactly("a.txt");
            assertThat(served.stop()).isEqualTo(130);
        }
    }

    @Test
    void keepsTheSecretToItselfUnlessAskedForIt() throws Exception {
        try (Served served = new Served(commands)) {
            assertThat(served.json().get("secret_key").getAsString()).isEqualTo("**redacted**");
        }
    }

    @Test
    void servesAFolderWithoutAnyProfile() throws Exception {
        try (Served served =
                new Served(commands, "--folder", home.resolve("fresh").toString())) {
            assertThat(served.json().get("bucket").getAsString()).isEqualTo("comfyui");
        }
    }

    @Test
    void aProfileOfAnotherProviderIsRefused() throws IOException {
        JsonObject fields = new JsonObject();
        fields.addProperty("provider", "AWS S3");
        fields.addProperty("access_key", "AKIAEXAMPLE");
        fields.addProperty("secret_key", Commands.SECRET);
        fields.addProperty("bucket", "b");
        commands.profile("aws", fields);
        assertThat(commands.run("serve", "--profile", "aws"))
                .returns(2, Commands.Result::code)
                .satisfies(result -> assertThat(result.err()).contains("aws is for AWS S3"));
    }
}
