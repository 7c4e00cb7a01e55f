package comfybucket.cli;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;

/** Lets a command that Ctrl-C stops remove its half files and unfinished uploads before the process is gone. */
final class Interruption {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    static int guard(IntSupplier command) {
        Thread running = Thread.currentThread();
        CountDownLatch ended = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(() -> {
            if (ended.getCount() > 0) {
                running.interrupt();
                await(ended);
            }
        }));
        try {
            return command.getAsInt();
        } finally {
            ended.countDown();
        }
    }

    private static void await(CountDownLatch ended) {
        try {
            var _ = ended.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException impatient) {
            Thread.currentThread().interrupt();
        }
    }

    private Interruption() {}
}
