package comfybucket.store;

import static org.assertj.core.api.Assertions.assertThat;

import comfybucket.store.TestClient.Answer;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several engines on one folder, and engines that die. */
class SeveralProcessesTest {
    @TempDir
    private Path folder;

    private final List<ServerProcess> servers = new ArrayList<>();

    @BeforeEach
    void start() throws IOException {
        for (int i = 0; i < 3; i++) {
            servers.add(ServerProcess.start(folder, ""));
        }
    }

    @AfterEach
    void stop() throws IOException {
        for (ServerProcess server : servers) {
            server.close();
        }
    }

    @Test
    void theyHaveOnePublicAddressAndOneKeyPairAndOwnDoors() {
        assertThat(servers)
                .extracting(server -> server.value("public_endpoint"))
                .containsOnly(servers.getFirst().value("endpoint"));
        assertThat(servers)
                .extracting(server -> server.value("access_key"))
                .containsOnly(servers.getFirst().value("access_key"));
        assertThat(servers).extracting(server -> server.value("endpoint")).doesNotHaveDuplicates();
    }

    @Test
    void ofManyCreatorsInAllProcessesExactlyOneWins() throws Exception {
        try (ExecutorService threads = Executors.newFixedThreadPool(12)) {
            for (int round = 0; round < 15; round++) {
                String target = "/comfyui/round/" + round + ".txt";
                List<Future<Integer>> writers = new ArrayList<>();
                for (int writer = 0; writer < 12; writer++) {
                    TestClient client = servers.get(writer % servers.size()).client();
                    String content = "by " + writer;
                    writers.add(threads.submit(() -> client.send("PUT", target, content, "if-none-match", "*")
                            .status()));
                }
                List<Integer> winners = new ArrayList<>();
                for (int writer = 0; writer < writers.size(); writer++) {
                    int status = writers.get(writer).get();
                    assertThat(status).isIn(200, 412);
                    if (status == 200) {
                        winners.add(writer);
                    }
                }
                assertThat(winners).hasSize(1);
                assertThat(servers.get(round % 3)
                                .client()
                                .send("GET", target, "")
                                .body())
                        .isEqualTo("by " + winners.getFirst());
            }
        }
    }

    @Test
    void whatAnyOfThemReadsIsOneVersionWhoeverOverwrites() throws Exception {
        servers.getFirst().client().send("PUT", "/comfyui/k", content(0));
        AtomicBoolean done = new AtomicBoolean();
        try (ExecutorService threads = Executors.newFixedThreadPool(6)) {
            List<Future<Integer>> readers = new ArrayList<>();
            for (ServerProcess server : servers) {
                readers.add(threads.submit(() -> read(server.client(), done)));
            }
            List<Future<?>> writers = new ArrayList<>();
            for (ServerProcess server : servers) {
                writers.add(threads.submit(() -> {
                    for (int i = 0; i < 80; i++) {
                        assertThat(server.client()
                                        .send("PUT", "/comfyui/k", content(i))
                                        .status())
                                .isEqualTo(200);
                    }
                    return null;
                }));
            }
            for (Future<?> writer : writers) {
                writer.get();
            }
            done.set(true);
            for (Future<Integer> reader : readers) {
                assertThat(reader.get()).isPositive();
            }
        }
        assertThat(files(folder.resolve(".comfy-bucket/meta"))).hasSize(1);
    }

    private static String content(int i) {
        return Integer.toString(i % 10).repeat(20_000 + i % 3);
    }

    private static int read(TestClient client, AtomicBoolean done) throws Exception {
        int reads = 0;
        while (!done.get()) {
            Answer answer = client.send("GET", "/comfyui/k", "");
            assertThat(answer.status()).isEqualTo(200);
            assertWhole(answer);
            reads++;
        }
        return reads;
    }

    /** Its ETag is the MD5 of its bytes. */
    private static void assertWhole(Answer answer) throws Exception {
        byte[] md5 = MessageDigest.getInstance("MD5").digest(answer.body().getBytes(StandardCharsets.ISO_8859_1));
        assertThat(answer.headers()).containsEntry("etag", "\"" + HexFormat.of().formatHex(md5) + "\"");
    }

    private static List<Path> files(Path start) throws IOException {
        List<Path> files = new ArrayList<>();
        Files.walkFileTree(start, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                files.add(file);
                return FileVisitResult.CONTINUE;
            }
        });
        return files;
    }

    @Test
    void whenTheOneThatServesTheLinksDiesAnotherOneDoes() throws Exception {
        servers.getFirst().client().send("PUT", "/comfyui/shared.txt", "shared");
        String link = servers.getFirst().value("public_endpoint");
        servers.getFirst().kill();
        TestClient visitor = new TestClient(
                URI.create(link),
                servers.get(1).value("access_key"),
                servers.get(1).value("secret_key"));
        Answer answer = null;
        for (int attempt = 0; answer == null && attempt < 100; attempt++) {
            try {
                answer = visitor.send("GET", "/comfyui/shared.txt", "");
            } catch (IOException nobodyYet) {
                Thread.sleep(100);
            }
        }
        assertThat(answer).isNotNull();
        assertThat(answer.body()).isEqualTo("shared");
    }

    @Test
    void whatIsThereAfterAKillIsWhole() throws Exception {
        Random random = new Random(11);
        byte[] picture = new byte[1_300_000];
        random.nextBytes(picture);
        List<String> acknowledged = Collections.synchronizedList(new ArrayList<>());
        for (int round = 0; round < 3; round++) {
            ServerProcess victim = ServerProcess.start(folder, "");
            int current = round;
            try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
                for (int writer = 0; writer < 4; writer++) {
                    String name = "/comfyui/killed/" + current + "-" + writer + "-";
                    TestClient client = victim.client();
                    var _ = threads.submit(() -> {
                        for (int i = 0; i < 1_000; i++) {
                            if (client.send("PUT", name + i, picture).status() == 200) {
                                acknowledged.add(name + i);
                            }
                        }
                        return null;
                    });
                }
                Thread.sleep(1_000 + random.nextInt(300));
                victim.kill();
            }
        }
        assertThat(acknowledged).isNotEmpty();
        TestClient survivor = servers.getFirst().client();
        String listing = survivor.send("GET", "/comfyui?list-type=2&prefix=killed%2F", "")
                .body();
        for (String target : acknowledged) {
            assertThat(listing).contains("<Key>" + target.substring("/comfyui/".length()) + "</Key>");
        }
        String[] keys = listing.split("<Key>", -1);
        for (int i = 1; i < keys.length; i++) {
            Answer answer = survivor.send("GET", "/comfyui/" + keys[i].substring(0, keys[i].indexOf('<')), "");
            assertThat(answer.body()).hasSize(picture.length);
            assertWhole(answer);
        }
    }
}
