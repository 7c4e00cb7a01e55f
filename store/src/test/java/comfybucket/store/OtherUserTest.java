package comfybucket.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Another user of this machine, who may look everywhere and connect to everything. Needs the right to become one. */
class OtherUserTest {
    private static final String NOBODY = "65534";

    @TempDir
    private Path folder;

    @BeforeEach
    void letEverybodyIn() throws Exception {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));
        boolean can = Files.isExecutable(Path.of("/usr/bin/setpriv"))
                && asNobody("ls " + folder).code() == 0;
        assumeTrue(can, "cannot become another user who gets that far");
    }

    @Test
    void theKeysAndTheProcessAreOutOfReach() throws Exception {
        try (ServerProcess store = ServerProcess.start(folder, "umask 000")) {
            assertThat(store.client().send("PUT", "/comfyui/a", "hello").status())
                    .isEqualTo(200);
            String secret = store.value("secret_key");
            for (String look : List.of(
                    "cat " + folder + "/.comfy-bucket/credentials.json",
                    "ls " + folder + "/.comfy-bucket",
                    "cat /proc/" + store.pid() + "/environ",
                    "cat /proc/" + store.pid() + "/mem",
                    "ls /proc/" + store.pid() + "/fd/",
                    "cat < /proc/" + store.pid() + "/fd/1")) {
                Said said = asNobody(look);
                assertThat(said.code()).as(look).isNotZero();
                assertThat(said.text()).as(look).doesNotContain(secret);
            }
            assertThat(asNobody("cat /proc/" + store.pid() + "/cmdline").text()).doesNotContain(secret);
            assertThat(asNobody(requestTo(URI.create(store.value("endpoint")))).text())
                    .startsWith("HTTP/1.1 403 ")
                    .doesNotContain("hello");
        }
    }

    /** Bash needs no other program to speak HTTP. */
    private static String requestTo(URI endpoint) {
        String request =
                "GET /comfyui/a HTTP/1.1\\r\\nHost: " + endpoint.getAuthority() + "\\r\\nConnection: close\\r\\n\\r\\n";
        return "bash -c 'exec 3<>/dev/tcp/" + endpoint.getHost() + "/" + endpoint.getPort() + "; printf \"" + request
                + "\" >&3; cat <&3'";
    }

    private record Said(int code, String text) {}

    private static Said asNobody(String command) throws IOException, InterruptedException {
        List<String> all = new ArrayList<>(List.of("setpriv", "--reuid=" + NOBODY, "--regid=" + NOBODY));
        all.addAll(List.of("--clear-groups", "sh", "-c", command));
        Process process = new ProcessBuilder(all).redirectErrorStream(true).start();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        return new Said(process.waitFor(), text);
    }
}
