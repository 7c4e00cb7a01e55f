package comfybucket.outbox;

import comfybucket.error.CloudException;
import java.util.function.Consumer;

/** Tells the user what happened while nobody waited for it, and does not repeat itself for each of many files. */
final class Reports {
    private static final long INTERVAL_NANOS = 10_000_000_000L;

    private final Consumer<Notice> user;
    private long lastHeld = System.nanoTime() - INTERVAL_NANOS;
    private int heldSince;

    Reports(Consumer<Notice> user) {
        this.user = user;
    }

    /** An earlier process has left something to do. */
    void found(int jobs) {
        user.accept(new Notice(
                Notice.Severity.INFO, "Uploads go on", files(jobs) + " from before " + are(jobs) + " being uploaded."));
    }

    /** What had failed because of the settings is tried with others. */
    void triedAgain(int jobs) {
        user.accept(new Notice(
                Notice.Severity.INFO,
                "Uploads are tried again",
                "The settings have changed: " + files(jobs) + " that could not be uploaded " + are(jobs)
                        + " being uploaded."));
    }

    void waits(CloudException cause, int jobs) {
        user.accept(new Notice(
                Notice.Severity.WARN,
                "Uploads wait",
                cause.getMessage() + " " + files(jobs) + " " + are(jobs)
                        + " kept in the outbox and sent as soon as the store answers."));
    }

    /** What the user was told to wait for is in the bucket. */
    void caughtUp(int jobs) {
        user.accept(new Notice(
                Notice.Severity.SUCCESS,
                "Uploads done",
                files(jobs) + " that waited " + are(jobs) + " in the bucket."));
    }

    /** @param uri where the file should be */
    synchronized void held(CloudException cause, String uri) {
        if (System.nanoTime() - lastHeld < INTERVAL_NANOS) {
            heldSince++;
            return;
        }
        lastHeld = System.nanoTime();
        user.accept(new Notice(
                Notice.Severity.ERROR,
                "Upload failed",
                uri + ": " + cause.getMessage() + " The file is kept in the outbox; see: comfy-bucket outbox list."));
    }

    /** Called now and then. */
    synchronized void flush() {
        if (heldSince > 0 && System.nanoTime() - lastHeld >= INTERVAL_NANOS) {
            user.accept(new Notice(
                    Notice.Severity.ERROR,
                    "Uploads failed",
                    files(heldSince) + " more could not be uploaded; see: comfy-bucket outbox list."));
            heldSince = 0;
            lastHeld = System.nanoTime();
        }
    }

    private static String files(int count) {
        return count == 1 ? "1 file" : count + " files";
    }

    private static String are(int count) {
        return count == 1 ? "is" : "are";
    }
}
