package comfybucket.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class UploadTurnsTest {
    private final UploadTurns turns = new UploadTurns();

    @Test
    void theNextFileIsHashedWhileOneIsSentAndNoThird() throws InterruptedException {
        CountDownLatch sending = new CountDownLatch(1);
        CountDownLatch hashed = new CountDownLatch(1);
        CountDownLatch enough = new CountDownLatch(1);
        AtomicInteger begun = new AtomicInteger();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            threads.execute(() -> turns.take(hash(begun), hash -> {
                sending.countDown();
                await(enough);
                return hash;
            }));
            await(sending);
            threads.execute(() -> turns.take(hash(begun), hash -> {
                hashed.countDown();
                await(enough);
                return hash;
            }));
            threads.execute(() -> turns.take(hash(begun), hash -> {
                hashed.countDown();
                await(enough);
                return hash;
            }));
            await(hashed);
            Thread.sleep(100);
            assertThat(begun).hasValue(2);
            enough.countDown();
            threads.shutdown();
            assertThat(threads.awaitTermination(60, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(begun).hasValue(3);
    }

    @Test
    void onlyOneFileIsReadAtATime() {
        AtomicInteger reading = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        try (Crew crew = new Crew(8)) {
            for (int i = 0; i < 20; i++) {
                crew.start(() -> turns.take(
                        () -> {
                            most.accumulateAndGet(reading.incrementAndGet(), Math::max);
                            LockSupport.parkNanos(100_000);
                            reading.decrementAndGet();
                            return "";
                        },
                        hash -> hash));
            }
            crew.join();
        }
        assertThat(most).hasValue(1);
    }

    @Test
    void aFileThatCannotBeReadGivesItsTurnBack() {
        for (int i = 0; i < 3; i++) {
            assertThatThrownBy(() -> turns.take(
                            () -> {
                                throw new IllegalStateException("not to be read");
                            },
                            hash -> hash))
                    .hasMessage("not to be read");
        }
        String sent = turns.take(() -> "hash", hash -> hash + " sent");
        assertThat(sent).isEqualTo("hash sent");
    }

    @Test
    void whoeverIsInterruptedIsCancelled() {
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> turns.take(() -> "", hash -> hash)).isInstanceOf(CancellationException.class);
        assertThat(Thread.interrupted()).isTrue();
    }

    private static Supplier<String> hash(AtomicInteger begun) {
        return () -> "hash " + begun.incrementAndGet();
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(60, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
