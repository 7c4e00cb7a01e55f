package comfybucket.store.disk;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What processes leave behind that ended before they were done. */
class StagingTest {
    @TempDir
    private Path root;

    private List<Path> directories() throws IOException {
        try (Stream<Path> directories = Files.list(root)) {
            return directories.toList();
        }
    }

    private Path leftBehind() throws IOException {
        Path dead = Files.createDirectory(root.resolve("dead"));
        Files.createFile(dead.resolve("lock"));
        Files.writeString(dead.resolve("1"), "half an object");
        return dead;
    }

    @Test
    void filesOfTheDeadAreRemovedAndThoseOfTheLivingAreNot() throws IOException {
        try (Staging living = Staging.open(root, false);
                StagedFile file = living.create()) {
            leftBehind();
            Staging.sweep(root, Instant.now().plusSeconds(60));
            assertThat(directories()).containsExactly(file.path().getParent());
            assertThat(file.path()).exists();
        }
        assertThat(directories()).isEmpty();
    }

    @Test
    void whereLocksMeanNothingAFileThatIsBeingWrittenIsKept() throws IOException {
        Path unlocked = leftBehind();
        Staging.sweep(root, Instant.now().minusSeconds(60));
        assertThat(unlocked.resolve("1")).exists();
    }

    @Test
    void aLivingOneThatWasTakenForDeadGoesOn() throws IOException {
        try (Staging living = Staging.open(root, false)) {
            Path directory = directories().getFirst();
            Files.delete(directory.resolve("lock"));
            Files.delete(directory);
            try (StagedFile file = living.create()) {
                assertThat(file.path()).exists();
            }
        }
    }
}
