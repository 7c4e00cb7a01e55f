package comfybucket.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import comfybucket.store.http.Response;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The store as the engine uses it. */
class LocalStoreTest {
    private static final StoreOptions OPTIONS = StoreOptions.defaults().withForce(false);

    @TempDir
    private Path folder;

    @Test
    void aPictureIsTheFileThatItsKeySays() throws IOException {
        try (LocalStore store = LocalStore.open(folder.resolve("made/when missing"), OPTIONS)) {
            TestClient.of(store).send("PUT", "/comfyui/comfyui/images/a.png", "picture");
            assertThat(folder.resolve("made/when missing/comfyui/comfyui/images/a.png"))
                    .hasContent("picture");
            assertThat(store.bucket()).isEqualTo("comfyui");
        }
    }

    @Test
    void addressKeysAndObjectsOutliveARestart() throws IOException {
        List<Object> before;
        try (LocalStore store = LocalStore.open(folder, OPTIONS)) {
            assertThat(TestClient.of(store).send("PUT", "/comfyui/k", "kept").status())
                    .isEqualTo(200);
            before = List.of(store.publicEndpoint(), store.accessKey(), store.secretKey());
        }
        try (LocalStore store = LocalStore.open(folder, OPTIONS)) {
            assertThat(List.of(store.publicEndpoint(), store.accessKey(), store.secretKey()))
                    .isEqualTo(before);
            assertThat(store.endpoint()).isEqualTo(store.publicEndpoint());
            assertThat(TestClient.of(store).send("GET", "/comfyui/k", "").body())
                    .isEqualTo("kept");
        }
    }

    @Test
    void theAddressOfANewFolderIsServedAtOnce() throws IOException {
        for (int i = 0; i < 30; i++) {
            try (LocalStore store = LocalStore.open(folder.resolve("new " + i), OPTIONS)) {
                assertThat(store.endpoint()).isEqualTo(store.publicEndpoint());
            }
        }
    }

    @Test
    void twoFoldersHaveDifferentKeysAndAddresses() throws IOException {
        try (LocalStore one = LocalStore.open(folder.resolve("one"), OPTIONS);
                LocalStore two = LocalStore.open(folder.resolve("two"), OPTIONS)) {
            assertThat(one.publicEndpoint()).isNotEqualTo(two.publicEndpoint());
            assertThat(one.accessKey()).isNotEqualTo(two.accessKey());
            assertThat(one.secretKey()).isNotEqualTo(two.secretKey()).hasSize(40);
        }
    }

    @Test
    void whenSomebodyElseHasThePortItWorksAllTheSame() throws IOException, InterruptedException {
        LocalStore first = LocalStore.open(folder, OPTIONS);
        int port = first.publicEndpoint().getPort();
        first.close();
        ServerSocket squatter = new ServerSocket(port, 1, InetAddress.getLoopbackAddress());
        try (LocalStore store = LocalStore.open(folder, OPTIONS)) {
            assertThat(store.endpoint().getPort()).isNotEqualTo(port);
            assertThat(store.publicEndpoint().getPort()).isEqualTo(port);
            assertThat(TestClient.of(store).send("PUT", "/comfyui/k", "x").status())
                    .isEqualTo(200);
            squatter.close();
            TestClient byLink = new TestClient(store.publicEndpoint(), store.accessKey(), store.secretKey());
            assertThat(eventually(byLink)).isEqualTo("x");
        } finally {
            squatter.close();
        }
    }

    private static String eventually(TestClient client) throws InterruptedException {
        for (int attempt = 0; attempt < 100; attempt++) {
            try {
                return client.send("GET", "/comfyui/k", "").body();
            } catch (IOException notYet) {
                Thread.sleep(100);
            }
        }
        return "nobody took the port over";
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void onlyTheOwnerCanReadTheKeysWhateverTheUmaskIs() throws Exception {
        try (ServerProcess server = ServerProcess.start(folder, "umask 000")) {
            assertThat(server.value("secret_key")).isNotEmpty();
            Path inner = folder.resolve(".comfy-bucket");
            assertThat(permissions(inner)).isEqualTo("rwx------");
            assertThat(permissions(inner.resolve("credentials.json"))).isEqualTo("rw-------");
        }
        Files.setPosixFilePermissions(folder.resolve(".comfy-bucket"), PosixFilePermissions.fromString("rwxrwxrwx"));
        LocalStore.open(folder, OPTIONS).close();
        assertThat(permissions(folder.resolve(".comfy-bucket"))).isEqualTo("rwx------");
    }

    private static String permissions(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }

    @Test
    void damagedFilesOfItsOwnAreNamed() throws IOException {
        LocalStore.open(folder, OPTIONS).close();
        Path port = folder.resolve(".comfy-bucket/port");
        Files.writeString(port, "seventy");
        assertThatThrownBy(() -> LocalStore.open(folder, OPTIONS))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(port.toString());
        Files.delete(port);
        Path credentials = folder.resolve(".comfy-bucket/credentials.json");
        Files.writeString(credentials, "{}");
        assertThatThrownBy(() -> LocalStore.open(folder, OPTIONS))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(credentials.toString());
        assertThatThrownBy(() -> LocalStore.open(credentials, OPTIONS)).hasMessageContaining("Not a folder");
        assertThatThrownBy(() -> LocalStore.open(folder, OPTIONS.withBucket("No Bucket")))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void whatIsPutInFrontSeesEveryRequest() throws IOException {
        StoreOptions limited = OPTIONS.withFront(
                handler -> request -> request.method().equals("DELETE") ? Response.of(503) : handler.handle(request));
        try (LocalStore store = LocalStore.open(folder, limited)) {
            TestClient client = TestClient.of(store);
            assertThat(client.send("PUT", "/comfyui/k", "x").status()).isEqualTo(200);
            assertThat(client.send("DELETE", "/comfyui/k", "").status()).isEqualTo(503);
        }
    }
}
