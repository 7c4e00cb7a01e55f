package comfybucket.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShareCommandTest {
    @TempDir
    private Path home;

    private Commands commands;

    @BeforeEach
    void fill() throws IOException {
        commands = new Commands(home);
        commands.put("a b/ü.txt", "hello");
        commands.put("a b/two.txt", "2");
    }

    @Test
    void printsALinkForEachObject() {
        assertThat(commands.run("share", "a b/*").isOk().lines())
                .hasSize(2)
                .allSatisfy(line -> assertThat(line).startsWith("http://127.0.0.1:"));
    }

    @Test
    void theLinkOpensWhileTheStoreIsServed() throws Exception {
        String link = commands.run("share", "a b/ü.txt", "--name", "x.txt")
                .isOk()
                .lines()
                .getFirst();
        try (Served served = new Served(commands);
                HttpClient browser = HttpClient.newHttpClient()) {
            HttpResponse<String> answer = browser.send(
                    HttpRequest.newBuilder(URI.create(link)).build(), HttpResponse.BodyHandlers.ofString());
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.body()).isEqualTo("hello");
            assertThat(answer.headers().firstValue("Content-Disposition").orElseThrow())
                    .contains("x.txt");
            assertThat(link).startsWith(served.json().get("endpoint").getAsString());
        }
    }

    @Test
    void aKeyWithoutAnObjectIsAnErrorAndNoDeadLink() {
        assertThat(commands.run("share", "nothing.txt"))
                .returns(4, Commands.Result::code)
                .returns("", Commands.Result::out)
                .satisfies(result -> assertThat(result.err()).contains("Object not found: s3://comfyui/nothing.txt"));
    }

    @Test
    void aTimeThatS3DoesNotAllowIsAUsageError() {
        assertThat(commands.run("share", "a b/two.txt", "--expires", "8d"))
                .returns(2, Commands.Result::code)
                .satisfies(result -> assertThat(result.err()).contains("'8d' is not a time from 1s to 7d"));
    }
}
