package comfybucket.outbox;

import comfybucket.error.CloudException;
import comfybucket.error.Problem;
import comfybucket.naming.OtherNames;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;

/** Takes files: what it has accepted is on disk. */
final class Intake {
    private final OutboxFolder folder;
    private final Claims claims;
    private final Room room;
    private final Spool spool;
    private final FolderForce folderForce;
    private final boolean force;

    Intake(OutboxFolder folder, Claims claims, Room room, boolean force) {
        this.folder = folder;
        this.claims = claims;
        this.room = room;
        this.spool = new Spool(folder, force);
        this.folderForce = new FolderForce(folder.root());
        this.force = force;
    }

    /**
     * @throws CloudException {@link Problem#OUTBOX_FULL}, {@link Problem#DISK_FULL} or
     *     {@link Problem#FOLDER_NOT_WRITABLE}
     * @throws CancellationException when this thread is interrupted; nothing is kept then
     */
    Task accept(Draft draft) {
        try {
            return claims.claim(owner -> {
                room.take(
                        draft.source().size(),
                        draft.bucket().profile().limits().outbox().orElse(Room.LIMIT));
                return write(owner.nextJob(), owner.id(), draft);
            });
        } catch (ClosedByInterruptException | InterruptedException cancelled) {
            Thread.currentThread().interrupt();
            throw new CancellationException("Cancelled");
        } catch (IOException failed) {
            String reason = failed.getClass().getSimpleName();
            throw new CloudException(
                    Problem.FOLDER_NOT_WRITABLE, Map.of("folder", folder.root().toString(), "reason", reason), failed);
        }
    }

    private Task write(JobId id, OwnerId owner, Draft draft) throws IOException, InterruptedException {
        Path unfinished = folder.file(Entry.unfinished(id, owner));
        Path record = folder.file(Entry.record(id, Optional.of(owner)));
        boolean written = false;
        try {
            Content content = spool.store(id, draft.source());
            Job job = new Job(
                    id,
                    Instant.now(),
                    Destination.of(draft.chosen(), draft.bucket()),
                    draft.key(),
                    draft.others().map(OtherNames::spare),
                    draft.onConflict(),
                    draft.contentType(),
                    BackupNotes.nonce(draft.source(), content),
                    content);
            JobRecord.write(unfinished, job, force);
            Files.move(unfinished, record, StandardCopyOption.ATOMIC_MOVE);
            if (force) {
                folderForce.force();
            }
            written = true;
            return new Task(job, JobState.of(job), record, draft.others(), job.isBackup(), force);
        } finally {
            if (!written) {
                OutboxFolder.remove(record, unfinished, folder.file(Spool.name(id, draft.source())));
            }
        }
    }
}
