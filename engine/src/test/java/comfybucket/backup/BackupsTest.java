package comfybucket.backup;

import static org.assertj.core.api.Assertions.assertThat;

import comfybucket.connect.Buckets;
import comfybucket.naming.Counters;
import comfybucket.naming.Namer;
import comfybucket.outbox.JobInfo;
import comfybucket.outbox.Notice;
import comfybucket.outbox.Outbox;
import comfybucket.profile.Machine;
import comfybucket.profile.ProfileRef;
import comfybucket.profile.Profiles;
import comfybucket.storage.KeyPrefix;
import comfybucket.storage.ListPage;
import comfybucket.storage.ListRequest;
import comfybucket.storage.ObjectStore;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class BackupsTest {
    private static final Rhythm QUICK = new Rhythm(Duration.ofMillis(300), Duration.ofMillis(400));

    /** Longer than it takes to see, to wait for and to send a file. */
    private static final long LONG_ENOUGH = 1500;

    private static final ProfileRef HOME = new ProfileRef("home", "", "", "");

    @TempDir
    private Path folder;

    private final List<Notice> notices = new CopyOnWriteArrayList<>();
    private Engine engine;

    /** What one ComfyUI has of it. */
    private final class Engine implements AutoCloseable {
        private final Buckets buckets;
        private final Outbox outbox;
        private final Backups backups;

        Engine() throws IOException {
            Files.createDirectories(output());
            Profiles profiles = new Profiles(new Machine(Map.of(), "Linux", folder), folder.resolve("profiles.json"));
            buckets = new Buckets(profiles::resolve);
            Namer namer = new Namer(Clock.system(ZoneOffset.UTC), new SecureRandom(), Counters.inMemory());
            outbox = new Outbox(folder.resolve("outbox"), buckets::open, namer, notices::add);
            backups = new Backups(output(), profiles::backingUp, buckets, outbox, namer, notices::add, QUICK);
            outbox.start();
            backups.start();
        }

        @Override
        public void close() {
            backups.close();
            outbox.close();
            buckets.close();
        }
    }

    @AfterEach
    void close() {
        if (engine != null) {
            engine.close();
        }
    }

    private Path output() {
        return folder.resolve("output");
    }

    private void settings(String autoBackup) throws IOException {
        Path file = folder.resolve("profiles.json");
        Path bucket = folder.resolve("bucket");
        Files.writeString(
                file,
                "{\"profiles\": {\"home\": {\"provider\": \"Local\", \"folder\": \"" + bucket + "\", \"auto_backup\": "
                        + autoBackup + "}}}");
    }

    private void start() throws Exception {
        engine = new Engine();
        await(() -> Files.exists(folder.resolve("outbox").resolve("backups")));
    }

    @Test
    void theUserIsToldOnceWhyThereIsNoBackup() throws Exception {
        Path file = folder.resolve("profiles.json");
        Files.writeString(file, """
                {"profiles": {
                    "plain": {"provider": "MinIO"},
                    "keyless": {"provider": "MinIO", "endpoint_url": "http://127.0.0.1:9", "auto_backup": true},
                    "reader": {"provider": "Local", "folder": "%s", "read_only": true, "auto_backup": true}}}
                """.formatted(folder.resolve("bucket")));
        engine = new Engine();
        await(() -> notices.size() == 2);
        Thread.sleep(LONG_ENOUGH);
        assertThat(notices)
                .extracting(Notice::summary)
                .containsExactly("No backup with the profile keyless", "No backup with the profile reader");
        assertThat(notices.getFirst().detail()).startsWith("Cloud storage access key not configured");
        assertThat(notices.getLast().detail()).contains("read");
    }

    private Path write(String name, String text) throws IOException {
        Path file = output().resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text);
    }

    /** The keys in the bucket, sorted. */
    private List<String> keys() {
        List<String> keys = new ArrayList<>();
        ObjectStore store = engine.buckets.open(HOME).store();
        for (ListPage page : store.list(ListRequest.all(KeyPrefix.NONE))) {
            page.objects().forEach(object -> keys.add(object.key().value()));
        }
        return keys;
    }

    private String read(String key) throws IOException {
        return Files.readString(folder.resolve("bucket").resolve("comfyui").resolve(key));
    }

    private List<JobInfo> jobs() {
        try {
            return engine.outbox.desk().list();
        } catch (IOException changing) {
            throw new java.io.UncheckedIOException(changing);
        }
    }

    private static void await(BooleanSupplier condition) throws InterruptedException {
        long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("It does not come to that").isLessThan(end);
            Thread.sleep(20);
        }
    }

    @Test
    void whatAppearsIsBackedUpOnceAndWhatWasThereIsNot() throws Exception {
        settings("true");
        write("old.png", "old");
        start();
        write("new.png", "new");
        write("video/%year%/take.mp4", "take");
        List<String> both = List.of("comfyui/output/new.png", "comfyui/output/video/%year%/take.mp4");
        await(() -> keys().equals(both) && jobs().isEmpty());
        assertThat(read(both.getFirst())).isEqualTo("new");
        assertThat(notices).extracting(Notice::summary).containsExactly("Backup is on");
        engine.close();
        engine = new Engine();
        write("later.png", "later");
        await(() -> keys().size() == 3 && jobs().isEmpty());
        Thread.sleep(LONG_ENOUGH);
        assertThat(keys()).hasSize(3);
    }

    @Test
    void theSettingsSayWhichFilesAndWhere() throws Exception {
        settings("{\"key_prefix\": \"from/%year%/\", \"existing\": true, \"include\": [\"**/*.png\", \"*.glb\"],"
                + " \"exclude\": [\"drafts/**\"]}");
        write("a/b.png", "1");
        write("c.glb", "2");
        write("c.txt", "3");
        write("drafts/d.png", "4");
        write(".hidden/e.png", "5");
        start();
        await(() -> keys().size() == 2 && jobs().isEmpty());
        Thread.sleep(LONG_ENOUGH);
        assertThat(keys()).allMatch(key -> key.matches("from/20[0-9]{2}/(a/b.png|c.glb)"));
    }

    @Test
    void aFileThatIsStillWrittenIsNotTaken() throws Exception {
        settings("true");
        start();
        Path file = output().resolve("slow.mp4");
        StringBuilder all = new StringBuilder();
        try (OutputStream out = Files.newOutputStream(file, StandardOpenOption.CREATE_NEW)) {
            for (int i = 0; i < 30; i++) {
                out.write(("frame " + i).getBytes(java.nio.charset.StandardCharsets.UTF_8));
                out.flush();
                all.append("frame ").append(i);
                Thread.sleep(60);
            }
        }
        await(() -> keys().size() == 1 && jobs().isEmpty());
        assertThat(read("comfyui/output/slow.mp4")).isEqualTo(all.toString());
        Thread.sleep(LONG_ENOUGH);
        assertThat(keys()).hasSize(1);
    }

    @Test
    void aFileThatWasReplacedIsAnotherOneAndNothingIsReplacedInTheBucket() throws Exception {
        settings("true");
        start();
        write("cat.png", "first");
        await(() -> keys().size() == 1 && jobs().isEmpty());
        write("cat.png", "second one");
        await(() -> keys().size() == 2 && jobs().isEmpty());
        assertThat(keys())
                .filteredOn(key -> !key.equals("comfyui/output/cat.png"))
                .singleElement()
                .satisfies(key -> {
                    assertThat(key).matches("comfyui/output/cat_[0-9a-f]{16}\\.png");
                    assertThat(read(key)).isEqualTo("second one");
                });
        assertThat(read("comfyui/output/cat.png")).isEqualTo("first");
    }

    @Test
    void twoProcessesBackOneFolderUpOnce() throws Exception {
        settings("true");
        start();
        try (Engine other = new Engine()) {
            for (int i = 0; i < 20; i++) {
                write("p" + i + ".png", "picture " + i);
            }
            await(() -> keys().size() >= 20 && jobs().isEmpty());
            Thread.sleep(LONG_ENOUGH);
            assertThat(keys()).hasSize(20);
            assertThat(other.outbox.waiting()).isZero();
        }
    }

    @Test
    void aLocalCopyGoesOnlyWhenTheBucketHasIt() throws Exception {
        settings("{\"remove_after\": \"0s\", \"exclude\": [\"never\"]}");
        start();
        Path file = write("a.png", "kept in the bucket");
        await(() -> !Files.exists(file));
        assertThat(read("comfyui/output/a.png")).isEqualTo("kept in the bucket");
        engine.close();

        settings("{\"remove_after\": \"1s\"}");
        start();
        Path lost = write("lost.png", "lost in the bucket");
        Path changed = write("changed.png", "first");
        await(() -> keys().contains("comfyui/output/lost.png") && keys().contains("comfyui/output/changed.png"));
        Files.delete(folder.resolve("bucket/comfyui/comfyui/output/lost.png"));
        write("changed.png", "second one");
        Thread.sleep(LONG_ENOUGH);
        assertThat(lost).hasContent("lost in the bucket");
        await(() -> !Files.exists(changed));
        assertThat(keys()).filteredOn(key -> key.contains("changed")).hasSize(2);
    }

    @Test
    void whatIsGoneBeforeItIsSentIsNobodysLossAndWhatTheUserCancelsStaysAway() throws Exception {
        settings("true");
        start();
        Path bucket = folder.resolve("bucket").resolve("comfyui");
        write("first.png", "1");
        await(() -> keys().size() == 1 && jobs().isEmpty());
        // A bucket that is a file takes nothing: the jobs wait.
        Path aside = folder.resolve("aside");
        Files.move(bucket, aside);
        Files.writeString(bucket, "in the way");
        Path gone = write("gone.png", "2");
        write("unwanted.png", "3");
        await(() -> jobs().size() == 2);
        Files.delete(gone);
        for (JobInfo job : jobs()) {
            if (job.file().endsWith("unwanted.png")) {
                engine.outbox.desk().cancel(job.id());
            }
        }
        Files.delete(bucket);
        Files.move(aside, bucket);
        engine.close();
        engine = new Engine();
        await(() -> jobs().isEmpty());
        Thread.sleep(LONG_ENOUGH);
        assertThat(keys()).containsExactly("comfyui/output/first.png");
    }
}
