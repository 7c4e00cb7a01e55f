package comfybucket.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class IdleMemoryTest {
    private final Semaphore collections = new Semaphore(0);

    @Test
    void manyRunsInARowAreFollowedByOneCollection() throws InterruptedException {
        IdleMemory memory = new IdleMemory(Duration.ofMillis(200), collections::release);
        for (int i = 0; i < 20; i++) {
            memory.runBegins();
            memory.runEnded();
        }
        assertThat(collections.tryAcquire(10, TimeUnit.SECONDS)).isTrue();
        assertThat(collections.tryAcquire(500, TimeUnit.MILLISECONDS)).isFalse();
    }

    @Test
    void aRunThatHasBegunIsNotDisturbed() throws InterruptedException {
        IdleMemory memory = new IdleMemory(Duration.ofMillis(50), collections::release);
        memory.runBegins();
        memory.runEnded();
        memory.runBegins();
        assertThat(collections.tryAcquire(400, TimeUnit.MILLISECONDS)).isFalse();
        memory.runEnded();
        assertThat(collections.tryAcquire(10, TimeUnit.SECONDS)).isTrue();
    }
}
