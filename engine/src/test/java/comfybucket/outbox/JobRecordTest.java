package comfybucket.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import comfybucket.assurance.Assurance;
import comfybucket.assurance.Promise;
import comfybucket.naming.OnConflict;
import comfybucket.naming.SpareName;
import comfybucket.profile.ProfileRef;
import comfybucket.storage.ObjectKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JobRecordTest {
    private static final Job JOB = new Job(
            new JobId("mf3k2a1b0c9d8-000001"),
            Instant.parse("2025-11-25T12:00:00.123456Z"),
            new Destination(new ProfileRef("outputs", "", "", "team/"), "https://s3.example.com", "pictures"),
            new ObjectKey("team/ä cat.png"),
            Optional.of(new SpareName(new ObjectKey("team/ä cat.png"), ".png")),
            OnConflict.RENAME,
            "image/png",
            "5d1a2f6e-0000-4000-8000-000000000001",
            new Content.Stored("mf3k2a1b0c9d8-000001.file.png", 12345));

    private static final List<Change> CHANGES = List.of(
            new Change.Renamed(new ObjectKey("team/ä cat_0mf3k2a1babcdefg.png")),
            new Change.UploadBegins(new ObjectKey("team/ä cat_0mf3k2a1babcdefg.png"), List.of("theirs", "others")),
            new Change.UploadBegun(new ObjectKey("team/ä cat_0mf3k2a1babcdefg.png"), "ours"),
            new Change.Failed(new Failure("store_busy", "The store \"asks\" to slow down.\n", Instant.EPOCH)),
            new Change.UploadEnded(),
            new Change.Cancelled());

    @TempDir
    private Path folder;

    @Test
    void whatIsWrittenIsRead() throws IOException {
        Path file = folder.resolve("a");
        JobRecord.write(file, JOB, true);
        assertThat(JobRecord.read(file)).isEqualTo(new JobRecord.Whole(JOB, JobState.of(JOB)));
        JobState state = JobState.of(JOB);
        for (Change change : CHANGES) {
            JobRecord.append(file, change, true);
            state = state.after(change);
            assertThat(JobRecord.read(file)).isEqualTo(new JobRecord.Whole(JOB, state));
        }
        for (Content content : List.of(
                new Content.Picture(
                        "mf3k2a1b0c9d8-000001.file.pixels",
                        7,
                        5,
                        3,
                        new PictureRecipe(PictureRecipe.Format.WEBP, 90),
                        17),
                new Content.Elsewhere(
                        Path.of("/output/a.glb"), 5, Instant.parse("2025-11-25T12:00:00.5Z"), Optional.empty()),
                new Content.Elsewhere(Path.of("/output/b.glb"), 5, Instant.EPOCH, Optional.of("0123456789abcdef")))) {
            Path other = Files.createTempDirectory(folder, "x").resolve("b");
            Job job = new Job(
                    JOB.id(),
                    JOB.created(),
                    JOB.destination(),
                    JOB.key(),
                    Optional.empty(),
                    OnConflict.FAIL,
                    JOB.contentType(),
                    JOB.nonce(),
                    content);
            JobRecord.write(other, job, false);
            assertThat(JobRecord.read(other)).isEqualTo(new JobRecord.Whole(job, JobState.of(job)));
        }
    }

    /** Version 1, as it was first written; it must be read for ever. */
    @Test
    void theFirstVersionIsRead() throws IOException {
        Path first = Path.of("src/test/resources/comfybucket/outbox/version-1.job");
        JobState state = JobState.of(JOB);
        for (Change change : CHANGES) {
            state = state.after(change);
        }
        assertThat(JobRecord.read(first)).isEqualTo(new JobRecord.Whole(JOB, state));
    }

    @Test
    void aRecordThatWasCutShortAnywhereLosesTheLastLineAtMost() throws IOException {
        byte[] whole = Files.readAllBytes(Path.of("src/test/resources/comfybucket/outbox/version-1.job"));
        int job = new String(whole, java.nio.charset.StandardCharsets.ISO_8859_1).indexOf('\n', 1);
        Path file = folder.resolve("cut");
        for (int length = 0; length <= whole.length; length++) {
            Files.write(file, Arrays.copyOf(whole, length));
            JobRecord record = JobRecord.read(file);
            if (length >= job) {
                assertThat(record)
                        .isInstanceOfSatisfying(
                                JobRecord.Whole.class,
                                read -> assertThat(read.job()).isEqualTo(JOB));
                // And it can be gone on with.
                JobRecord.append(file, new Change.Renamed(new ObjectKey("next")), false);
                assertThat(JobRecord.read(file))
                        .isInstanceOfSatisfying(
                                JobRecord.Whole.class,
                                read -> assertThat(read.state().key().value()).isEqualTo("next"));
            } else {
                assertThat(record).isInstanceOf(JobRecord.Broken.class);
            }
        }
        Assurance.shown(
                Promise.OLDER_FILES,
                "an outbox record of version 1, cut at every byte",
                (whole.length + 1) + " records, 0 lost, 0 crashes");
    }

    @Test
    void aNewerVersionIsLeftAlone() throws IOException {
        Path file = Files.writeString(folder.resolve("new"), "\n{\"version\":2,\"id\":\"x\"}\n");
        assertThat(JobRecord.read(file)).isEqualTo(new JobRecord.Broken("a newer version of this program wrote it"));
    }

    @Test
    void whatIsNotKnownIsPassedOver() throws IOException {
        Path file = folder.resolve("more");
        JobRecord.write(file, JOB, false);
        Files.writeString(
                file,
                Files.readString(file).replace("\"version\":1", "\"version\":1,\"colour\":\"blue\"")
                        + "{\"painted\":true}\n");
        assertThat(JobRecord.read(file)).isEqualTo(new JobRecord.Whole(JOB, JobState.of(JOB)));
    }

    @Test
    void aRecordLeadsToNoFileBesideTheOutboxes() throws IOException {
        for (String name :
                List.of("../secret", "/etc/passwd", "mf3k2a1b0c9d8-000001.file.png/../../x", "profiles.json")) {
            Path file = folder.resolve("evil");
            Files.deleteIfExists(file);
            JobRecord.write(file, JOB, false);
            Files.writeString(file, Files.readString(file).replace("mf3k2a1b0c9d8-000001.file.png", name));
            assertThat(JobRecord.read(file)).isInstanceOf(JobRecord.Broken.class);
        }
    }
}
