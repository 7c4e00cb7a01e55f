package comfybucket.storage.s3;

import static org.assertj.core.api.Assertions.assertThat;

import comfybucket.provider.Quirk;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FindingsTest {
    private static final StoreIdentity STORE = identity("https://store.example", "bucket", "AKIAEXAMPLE");

    @TempDir
    private Path folder;

    private Instant now = Instant.parse("2026-11-25T12:00:00Z");

    @Test
    void areKnownToTheNextProcess() {
        findings().note(STORE, Quirk.NO_TAGS, false);
        findings().note(STORE, Quirk.LIST_V1, true);
        assertThat(findings().of(STORE, Quirk.NO_TAGS)).contains(false);
        assertThat(findings().of(STORE, Quirk.LIST_V1)).contains(true);
        assertThat(findings().of(STORE, Quirk.NO_CREATE_ONLY)).isEmpty();
    }

    @Test
    void belongToOneEndpointBucketAndAccessKey() {
        findings().note(STORE, Quirk.NO_TAGS, false);
        assertThat(findings().of(identity("https://store.example:9000", "bucket", "AKIAEXAMPLE"), Quirk.NO_TAGS))
                .isEmpty();
        assertThat(findings().of(identity("https://store.example", "other", "AKIAEXAMPLE"), Quirk.NO_TAGS))
                .isEmpty();
        assertThat(findings().of(identity("https://store.example", "bucket", "AKIAOTHER"), Quirk.NO_TAGS))
                .isEmpty();
    }

    @Test
    void areAskedForAnewAfterAMonthOrWhenTheClockWentBack() {
        Findings findings = findings();
        findings.note(STORE, Quirk.NO_TAGS, false);
        now = now.plus(Duration.ofDays(29));
        assertThat(findings.of(STORE, Quirk.NO_TAGS)).contains(false);
        now = now.plus(Duration.ofDays(2));
        assertThat(findings.of(STORE, Quirk.NO_TAGS)).isEmpty();
        assertThat(findings().of(STORE, Quirk.NO_TAGS)).isEmpty();
        now = now.minus(Duration.ofDays(60));
        assertThat(findings.of(STORE, Quirk.NO_TAGS)).isEmpty();
    }

    @Test
    void whoDoubtsBelievesOnlyWhatItFindsItselfAndCorrectsTheRest() {
        findings().note(STORE, Quirk.NO_TAGS, true);
        findings().note(STORE, Quirk.LIST_V1, true);
        Findings doubting = new Findings(Optional.of(folder.resolve("stores")), false, () -> now);
        assertThat(doubting.of(STORE, Quirk.NO_TAGS)).isEmpty();
        doubting.note(STORE, Quirk.NO_TAGS, false);
        assertThat(doubting.of(STORE, Quirk.NO_TAGS)).contains(false);
        assertThat(doubting.of(STORE, Quirk.LIST_V1)).isEmpty();
        assertThat(findings().of(STORE, Quirk.NO_TAGS)).contains(false);
        assertThat(findings().of(STORE, Quirk.LIST_V1)).contains(true);
    }

    @Test
    void nobodyElseCanReadThemAndTheyTellNoKey() throws IOException {
        findings().note(STORE, Quirk.NO_TAGS, false);
        Path file = file();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file.getParent())))
                .isEqualTo("rwx------");
        assertThat(Files.readString(file))
                .contains("https://store.example/bucket")
                .doesNotContain("AKIAEXAMPLE");
        assertThat(file.toString()).doesNotContain("AKIAEXAMPLE");
    }

    @Test
    void aBrokenFileCostsAQuestion() throws IOException {
        findings().note(STORE, Quirk.NO_TAGS, false);
        byte[] good = Files.readAllBytes(file());
        for (int length = 0; length < good.length - 1; length++) {
            Files.write(file(), Arrays.copyOf(good, length));
            assertThat(findings().of(STORE, Quirk.NO_TAGS))
                    .as("%d bytes", length)
                    .isEmpty();
        }
        Random random = new Random(7);
        for (int i = 0; i < 2_000; i++) {
            byte[] damaged = good.clone();
            damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(128);
            Files.write(file(), damaged);
            findings().of(STORE, Quirk.NO_TAGS);
        }
        for (String text :
                List.of("null", "[]", "{\"quirks\":[]}", "{\"quirks\":{\"no_tags\":1}}", "{\"quirks\":null}")) {
            Files.write(file(), text.getBytes(StandardCharsets.UTF_8));
            assertThat(findings().of(STORE, Quirk.NO_TAGS)).as(text).isEmpty();
        }
        findings().note(STORE, Quirk.NO_TAGS, true);
        assertThat(findings().of(STORE, Quirk.NO_TAGS)).contains(true);
    }

    @Test
    void aFolderThatCannotBeWrittenLeavesThemInMemory() throws IOException {
        Path blocked = Files.writeString(folder.resolve("file"), "in the way");
        Findings findings = new Findings(Optional.of(blocked), true, () -> now);
        findings.note(STORE, Quirk.NO_TAGS, false);
        assertThat(findings.of(STORE, Quirk.NO_TAGS)).contains(false);
    }

    @Test
    void manyAtOnceLeaveAFileThatCanBeRead() throws Exception {
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            Findings own = findings();
            threads.add(Thread.ofVirtual().start(() -> {
                for (int n = 0; n < 20; n++) {
                    own.note(STORE, Quirk.NO_TAGS, false);
                }
            }));
        }
        for (int n = 0; n < 200; n++) {
            Optional<Boolean> seen = findings().of(STORE, Quirk.NO_TAGS);
            assertThat(seen.orElse(false)).isFalse();
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(findings().of(STORE, Quirk.NO_TAGS)).contains(false);
        try (Stream<Path> left = Files.list(folder.resolve("stores"))) {
            assertThat(left).hasSize(1);
        }
    }

    private Findings findings() {
        return new Findings(Optional.of(folder.resolve("stores")), true, () -> now);
    }

    private Path file() throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("stores"))) {
            return files.findFirst().orElseThrow();
        }
    }

    private static StoreIdentity identity(String endpoint, String bucket, String accessKey) {
        return StoreIdentity.of(Connections.to(URI.create(endpoint), bucket, accessKey, "secret"));
    }
}
