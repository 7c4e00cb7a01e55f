package comfybucket.outbox;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import comfybucket.error.CloudException;
import comfybucket.error.Problem;
import comfybucket.naming.OnConflict;
import comfybucket.store.http.Response;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is accepted comes into the bucket, once, whatever happens on the way. */
@Timeout(120)
class OutboxTest {
    private static final byte[] CAT = "cat".getBytes(UTF_8);
    private static final byte[] DOG = "dog".getBytes(UTF_8);

    private Home home;

    @BeforeEach
    void open(@TempDir Path folder) throws IOException {
        home = new Home(folder, "MinIO");
    }

    @AfterEach
    void close() throws IOException {
        home.close();
    }

    private static CloudException failure(Runnable action) {
        try {
            action.run();
        } catch (CloudException failed) {
            return failed;
        }
        throw new AssertionError("It succeeded");
    }

    @Test
    void whatIsAcceptedIsOnDiskForItsUserAloneUntilItIsInTheBucket() throws IOException {
        Home.Life life = home.life();
        Accepted accepted = life.accept("a/cat.txt", CAT, OnConflict.RENAME, true);
        assertThat(accepted.file()).hasBinaryContent(CAT);
        for (Path place : List.of(home.root, home.root.resolve("owners"))) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(place)))
                    .isEqualTo("rwx------");
        }
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(accepted.file())))
                .isEqualTo("rw-------");
        assertThat(accepted.send(bytes -> {}).value()).isEqualTo("a/cat.txt");
        assertThat(home.read("a/cat.txt")).isEqualTo(CAT);
        assertThat(home.files()).containsExactly("owners");
        life.outbox.close();
        assertThat(home.root.resolve("owners")).doesNotExist();
    }

    @Test
    void aTakenNameGetsASuffixAndNothingIsReplaced() throws IOException {
        Home.Life life = home.life();
        String first = life.accept("cat.txt", CAT, OnConflict.RENAME, true)
                .send(bytes -> {})
                .value();
        String second = life.accept("cat.txt", DOG, OnConflict.RENAME, true)
                .send(bytes -> {})
                .value();
        assertThat(second).matches("cat_[0-9a-z]{16}\\.txt");
        assertThat(home.read(first)).isEqualTo(CAT);
        assertThat(home.read(second)).isEqualTo(DOG);
    }

    @Test
    void inTheBackgroundItIsSentWithoutAnybodyWaiting() throws Exception {
        Home.Life life = home.life();
        life.accept("cat.txt", CAT, OnConflict.RENAME, false).sendLater();
        Home.await(() -> life.outbox.waiting() == 0);
        assertThat(home.read("cat.txt")).isEqualTo(CAT);
        assertThat(home.notices).isEmpty();
        assertThat(life.outbox.lines()).isEmpty();
    }

    @Test
    void whatADeadProcessHasLeftTheNextOneSends() throws Exception {
        Home.Life first = home.life();
        first.accept("cat.txt", CAT, OnConflict.RENAME, true);
        first.outbox.close(Duration.ZERO);
        first.dies();
        assertThat(home.root.resolve("owners")).isNotEmptyDirectory();
        Home.Life second = home.life();
        second.outbox.start();
        Home.await(() -> home.keys().contains("cat.txt") && second.outbox.waiting() == 0);
        assertThat(home.read("cat.txt")).isEqualTo(CAT);
        // Its round may have found by now that there is nothing left to do, and have left.
        assertThat(home.files()).isSubsetOf("owners");
        assertThat(home.notices).extracting(Notice::summary).containsExactly("Uploads go on", "Uploads done");
        second.outbox.close();
        assertThat(home.root.resolve("owners")).doesNotExist();
    }

    @Test
    void whatALivingProcessHasNobodyElseTakes() throws Exception {
        Home.Life first = home.life();
        Accepted accepted = first.accept("cat.txt", CAT, OnConflict.RENAME, true);
        Home.Life second = home.life();
        second.outbox.start();
        second.accept("dog.txt", DOG, OnConflict.RENAME, false).sendLater();
        Home.await(() -> home.keys().contains("dog.txt"));
        assertThat(accepted.file()).exists();
        accepted.send(bytes -> {});
        assertThat(home.read("cat.txt")).isEqualTo(CAT);
    }

    @Test
    void aWriteWhoseProcessDiedBeforeItLearnedOfItsSuccessIsNotRepeatedUnderAnotherName() throws Exception {
        Home.Life first = home.life();
        Accepted accepted = first.accept("cat.txt", CAT, OnConflict.RENAME, true);
        // Stored, and then the record is back as if the process had died before it removed it.
        byte[] record = Files.readAllBytes(record());
        Path place = record();
        byte[] content = Files.readAllBytes(accepted.file());
        accepted.send(bytes -> {});
        Files.write(place, record);
        Files.write(accepted.file(), content);
        first.dies();
        Home.Life second = home.life();
        second.outbox.start();
        Home.await(() -> home.files().equals(List.of("owners")) && second.outbox.waiting() == 0);
        assertThat(home.keys()).containsExactly("cat.txt");
    }

    private Path record() {
        return home.files().stream()
                .filter(name -> name.endsWith(".job"))
                .map(home.root::resolve)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void whenTheStoreCannotBeReachedTheNodeSaysWhereTheFileIs() throws Exception {
        Home.Life life = home.life();
        home.front = (request, store) -> Response.of(403);
        Accepted accepted = life.accept("cat.txt", CAT, OnConflict.RENAME, true);
        CloudException failed = failure(() -> accepted.send(bytes -> {}));
        assertThat(failed.problem()).isEqualTo(Problem.ACCESS_DENIED);
        // What it says is added to what was wrong: Problem.KEPT_IN_OUTBOX.
        assertThat(failed.getMessage())
                .startsWith("Access denied")
                .contains("kept as " + accepted.file())
                .contains("comfy-bucket outbox retry");
        assertThat(accepted.file()).hasBinaryContent(CAT);
        JobInfo job = life.outbox.desk().list().getFirst();
        assertThat(job.state()).isEqualTo(JobInfo.State.HELD);
        assertThat(job.uri()).contains("s3://comfyui/cat.txt");
        assertThat(job.failure()).map(Failure::code).contains("access_denied");
        assertThat(life.outbox.lines()).singleElement().asString().contains("1 not uploaded");
        life.outbox.close();
        assertThat(home.root.resolve("owners")).isNotEmptyDirectory();

        home.front = Home.OPEN;
        Home.Life next = home.life();
        next.outbox.start();
        Home.await(() -> home.keys().contains("cat.txt") && next.outbox.waiting() == 0);
        assertThat(home.files()).containsExactly("owners");
    }

    @Test
    void backgroundUploadsWaitForTheStoreAndTheUserIsToldOnceEachWay() throws Exception {
        Home.Life life = home.life();
        home.front = (request, store) -> Response.of(501);
        home.front = Home.CLOSED;
        for (int i = 0; i < 20; i++) {
            life.accept("cat" + i + ".txt", CAT, OnConflict.RENAME, false).sendLater();
        }
        Home.await(() -> !home.notices.isEmpty());
        assertThat(life.outbox.lines()).singleElement().asString().startsWith("outbox: 20 waiting for comfyui");
        home.front = Home.OPEN;
        Home.await(() -> life.outbox.waiting() == 0);
        assertThat(home.keys()).hasSize(20);
        Home.await(() -> home.notices.size() == 2);
        assertThat(home.notices)
                .extracting(Notice::severity)
                .containsExactly(Notice.Severity.WARN, Notice.Severity.SUCCESS);
        assertThat(life.outbox.lines()).isEmpty();
    }

    @Test
    void aFileThatBecameShorterIsNotSentAndCanBeTakenOut() throws Exception {
        Home.Life life = home.life();
        Accepted accepted = life.accept("cat.txt", CAT, OnConflict.RENAME, true);
        accepted.keep();
        Files.write(accepted.file(), new byte[] {'c'});
        JobInfo job = life.outbox.desk().list().getFirst();
        CloudException failed = failure(() -> {
            try {
                life.outbox.desk().retry(job.id(), bytes -> {});
            } catch (IOException unreadable) {
                throw new java.io.UncheckedIOException(unreadable);
            }
        });
        assertThat(failed.problem()).isEqualTo(Problem.JOB_DAMAGED);
        assertThat(failed.getMessage())
                .contains(accepted.file().toString())
                .contains("1 of 3 bytes")
                .contains("outbox export");
        Path rest = home.folder.resolve("rest.txt");
        life.outbox.desk().export(job.id(), rest);
        assertThat(rest).hasContent("c");
        life.outbox.desk().cancel(job.id());
        assertThat(life.outbox.desk().list()).isEmpty();
        assertThat(home.keys()).isEmpty();
    }

    @Test
    void whatIsRefusedIsKeptAndShown() throws Exception {
        Home.Life life = home.life();
        home.front = (request, store) -> Response.of(403);
        for (int i = 0; i < 3; i++) {
            life.accept("cat" + i + ".txt", CAT, OnConflict.RENAME, false).sendLater();
        }
        Home.await(() -> life.outbox.waiting() == 0);
        assertThat(home.notices).singleElement().satisfies(notice -> {
            assertThat(notice.severity()).isEqualTo(Notice.Severity.ERROR);
            assertThat(notice.detail()).contains("Access denied").contains("outbox list");
        });
        assertThat(life.outbox.desk().list())
                .hasSize(3)
                .extracting(JobInfo::state)
                .containsOnly(JobInfo.State.HELD);
    }

    @Test
    void aFileNeverGoesToAnotherBucketThanTheOneItWasAcceptedFor() throws Exception {
        Home.Life first = home.life();
        first.accept("cat.txt", CAT, OnConflict.RENAME, true);
        first.dies();
        home.environment.put("COMFY_S3_BUCKET", "another");
        Home.Life second = home.life();
        second.outbox.start();
        Home.await(() -> second.outbox.lines().size() == 1);
        JobInfo job = second.outbox.desk().list().getFirst();
        assertThat(job.failure()).map(Failure::code).contains("destination_changed");
        assertThat(job.failure())
                .map(Failure::message)
                .hasValueSatisfying(message ->
                        assertThat(message).contains("leads to another").contains("accepted for comfyui"));
        home.environment.put("COMFY_S3_BUCKET", "comfyui");
        assertThat(second.outbox.desk().retry(job.id(), bytes -> {}).value()).isEqualTo("cat.txt");
    }

    @Test
    void overwritingSavesKeepTheirOrder() throws Exception {
        Home.Life life = home.life();
        for (int i = 0; i < 50; i++) {
            life.accept("latest.txt", ("version " + i).getBytes(UTF_8), OnConflict.OVERWRITE, false)
                    .sendLater();
        }
        Home.await(() -> life.outbox.waiting() == 0);
        assertThat(home.read("latest.txt")).asString(UTF_8).isEqualTo("version 49");
    }

    @Test
    void aSaveThatMayNotReplaceFailsAndIsKept() {
        Home.Life life = home.life();
        life.accept("cat.txt", CAT, OnConflict.FAIL, false).send(bytes -> {});
        Accepted second = life.accept("cat.txt", DOG, OnConflict.FAIL, false);
        assertThat(failure(() -> second.send(bytes -> {})).problem()).isEqualTo(Problem.OBJECT_EXISTS);
        assertThat(second.file()).hasBinaryContent(DOG);
    }

    @Test
    void whatTheUserStopsIsNotKept() throws Exception {
        Home.Life life = home.life();
        home.front = Home.CLOSED;
        Accepted accepted = life.accept("cat.txt", CAT, OnConflict.RENAME, true);
        Thread node = Thread.ofVirtual()
                .start(() ->
                        assertThatThrownBy(() -> accepted.send(bytes -> {})).isInstanceOf(CancellationException.class));
        Thread.sleep(200);
        node.interrupt();
        assertThat(node.join(Duration.ofSeconds(10))).isTrue();
        assertThat(home.files()).containsExactly("owners");
        assertThat(life.outbox.waiting()).isZero();
    }

    @Test
    void aFullOutboxSaysSo() {
        home.environment.put("COMFY_S3_PROFILE", "small");
        write("""
                {"profiles": {"small": {"outbox_limit": 10}}}""");
        Home.Life life = home.life();
        life.accept("cat.txt", CAT, OnConflict.RENAME, true);
        life.accept("dog.txt", DOG, OnConflict.RENAME, true);
        CloudException full = failure(() -> life.accept("big.txt", new byte[5], OnConflict.RENAME, true));
        assertThat(full.problem()).isEqualTo(Problem.OUTBOX_FULL);
        assertThat(home.files()).hasSize(5);
    }

    private void write(String profiles) {
        try {
            Files.writeString(home.folder.resolve("profiles.json"), profiles);
        } catch (IOException failed) {
            throw new AssertionError(failed);
        }
    }

    @Test
    void filesWithoutAJobThatDeadProcessesHaveLeftAreRemovedAndNobodyElses() throws Exception {
        Home.Life first = home.life();
        Accepted kept = first.accept("cat.txt", CAT, OnConflict.RENAME, true);
        Files.delete(record());
        first.accept("dog.txt", DOG, OnConflict.RENAME, true);
        Files.writeString(home.root.resolve("mine.txt"), "what somebody put there");
        first.dies();
        home.front = Home.CLOSED;
        Home.Life second = home.life();
        second.outbox.start();
        Home.await(() -> Files.notExists(kept.file()));
        assertThat(home.files()).hasSize(4).contains("mine.txt");
    }
}
