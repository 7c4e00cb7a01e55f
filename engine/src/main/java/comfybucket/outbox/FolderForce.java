package comfybucket.outbox;

import comfybucket.files.Folders;
import java.io.IOException;
import java.nio.file.Path;

/** Makes what was done in a folder outlast a power cut: whoever asks while the disk is busy shares the next wait for it. */
final class FolderForce {
    private final Path folder;
    private long asked;
    private long done;
    private boolean running;

    FolderForce(Path folder) {
        this.folder = folder;
    }

    /** Returns when everything that this thread did in the folder before is on disk. */
    void force() throws IOException, InterruptedException {
        long covered;
        synchronized (this) {
            long mine = ++asked;
            while (running && done < mine) {
                wait();
            }
            if (done >= mine) {
                return;
            }
            running = true;
            covered = asked;
        }
        boolean forced = false;
        try {
            Folders.force(folder);
            forced = true;
        } finally {
            synchronized (this) {
                running = false;
                done = forced ? covered : done;
                notifyAll();
            }
        }
    }
}
