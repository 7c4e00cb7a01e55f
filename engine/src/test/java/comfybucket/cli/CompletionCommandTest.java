package comfybucket.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompletionCommandTest {
    @TempDir
    private Path home;

    @Test
    void bashCompletesACommandAndTheWordsOfAnOption() throws Exception {
        assertThat(completed("comfy-bucket", "pu")).contains("push", "pull");
        assertThat(completed("comfy-bucket", "push", "--if-exists", "s")).contains("skip");
    }

    /** What bash would offer after these words. */
    private String completed(String... words) throws IOException, InterruptedException {
        Path script = home.resolve("completion.sh");
        Files.writeString(script, new Commands(home).run("completion").isOk().out());
        String ask = """
                compopt() { :; } # bash has it only while it completes
                source '%s'
                COMP_WORDS=(%s)
                COMP_CWORD=%d
                _complete_comfy-bucket
                printf '%%s\\n' "${COMPREPLY[@]}"
                """.formatted(script, String.join(" ", words), words.length - 1);
        Process bash = new ProcessBuilder("bash", "--norc", "-c", ask)
                .redirectErrorStream(true)
                .start();
        String out = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(bash.waitFor()).as(out).isZero();
        return out;
    }
}
