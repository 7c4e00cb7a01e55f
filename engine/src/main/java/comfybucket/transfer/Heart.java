package comfybucket.transfer;

import java.io.IOException;
import java.time.Duration;

/** Shows on the disk that a download is alive, however long no piece arrives. */
final class Heart {
    /** How often. Who listens for much longer and hears nothing knows. */
    static final Duration PAUSE = Duration.ofSeconds(3);

    private final Thread thread;

    Heart(Journal journal) {
        thread = Thread.ofVirtual().name("heart").start(() -> {
            try {
                while (true) {
                    Thread.sleep(PAUSE);
                    journal.beat();
                }
            } catch (InterruptedException | IOException ended) {
                // Stopped; or the next piece that cannot be noted tells.
            }
        });
    }

    void stop() {
        thread.interrupt();
    }
}
