package comfybucket.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import comfybucket.process.ProcessMark;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Processes that come and go at the same moment, with the folder that goes with the last of them. */
@Timeout(60)
class OwnerTest {
    private static final int PROCESSES = 4;
    private static final int TURNS = 500;

    @Test
    void oneCanAlwaysAppearWhileOthersDisappear(@TempDir Path root) throws Exception {
        OutboxFolder folder = new OutboxFolder(root.resolve("outbox"));
        List<Future<?>> processes = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(PROCESSES)) {
            for (int i = 0; i < PROCESSES; i++) {
                OwnerId id = OwnerId.of(1_000_000_000_000L + i, RandomGenerator.getDefault());
                Owner owner = new Owner(id, folder, ProcessMark.ofThisProcess());
                processes.add(threads.submit(() -> {
                    for (int turn = 0; turn < TURNS; turn++) {
                        owner.appear();
                        assertThat(folder.owners().resolve(id.value())).exists();
                        owner.disappear();
                    }
                    return null;
                }));
            }
        }
        for (Future<?> process : processes) {
            process.get();
        }
        assertThat(folder.owners()).doesNotExist();
    }
}
