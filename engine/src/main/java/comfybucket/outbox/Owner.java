package comfybucket.outbox;

import comfybucket.files.Folders;
import comfybucket.files.PrivateFiles;
import comfybucket.process.ProcessMark;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.atomic.AtomicLong;

/**
 * This process as one that has something to do in the outbox. While it has, a file with its {@link ProcessMark} and a
 * number that goes up lies among the owners; the folder of the owners exists as long as there is any, which is how
 * ComfyUI's start sees that an engine is wanted.
 */
final class Owner {
    private static final int TRIES = 100;

    private final OwnerId id;
    private final OutboxFolder folder;
    private final ProcessMark mark;
    private final AtomicLong jobs = new AtomicLong();
    private long beats;
    private boolean present;

    Owner(OwnerId id, OutboxFolder folder, ProcessMark mark) {
        this.id = id;
        this.folder = folder;
        this.mark = mark;
    }

    OwnerId id() {
        return id;
    }

    JobId nextJob() {
        return JobId.of(id, jobs.incrementAndGet());
    }

    /** Called before anything is owned; cheap when it was called before. */
    synchronized void appear() throws IOException {
        if (present) {
            return;
        }
        folder.create();
        beat();
        Folders.force(folder.owners());
        Folders.force(folder.root());
        present = true;
    }

    /** Shows others, also those on other machines, that this process lives. */
    synchronized void beat() throws IOException {
        beats++;
        byte[] line = (mark.toJson() + "\n" + beats + "\n").getBytes(StandardCharsets.UTF_8);
        try (FileChannel channel = open()) {
            PrivateFiles.write(channel, ByteBuffer.wrap(line));
        }
    }

    private FileChannel open() throws IOException {
        Path file = file();
        for (int tries = 1; ; tries++) {
            try {
                PrivateFiles.createFolders(folder.owners());
                return Files.exists(file)
                        ? FileChannel.open(file, StandardOpenOption.WRITE)
                        : PrivateFiles.create(file);
            } catch (NoSuchFileException | FileAlreadyExistsException removed) {
                // With the last owner the folder goes, also just now, and even while it is made.
                if (tries == TRIES) {
                    throw removed;
                }
            }
        }
    }

    synchronized boolean isPresent() {
        return present;
    }

    synchronized void beatIfPresent() throws IOException {
        if (present) {
            beat();
        }
    }

    /** Called when nothing is left to do, neither for this process nor for a later one. */
    synchronized void disappear() throws IOException {
        present = false;
        remove(folder, id);
    }

    /** Takes an owner away, and the folder with the last one. */
    static void remove(OutboxFolder folder, OwnerId owner) throws IOException {
        Files.deleteIfExists(folder.owners().resolve(owner.value()));
        try {
            Files.deleteIfExists(folder.owners());
        } catch (DirectoryNotEmptyException others) {
            // They have something to do.
        }
    }

    private Path file() {
        return folder.owners().resolve(id.value());
    }
}
