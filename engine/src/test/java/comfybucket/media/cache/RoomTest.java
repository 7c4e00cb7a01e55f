package comfybucket.media.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import comfybucket.error.CloudException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What goes when room is needed, and what stays. */
class RoomTest {
    private static final String NAME = "0123456789abcdef".repeat(2) + "-" + "fedcba9876543210".repeat(2);
    private static final Duration MINUTE = Duration.ofMinutes(1);

    @TempDir
    private Path folder;

    private final Room room = new Room();

    @BeforeEach
    void nothingIsUsedLately() {
        assertThat(Room.IN_USE).isGreaterThan(MINUTE.multipliedBy(5)).isLessThan(MINUTE.multipliedBy(20));
    }

    @Test
    void whatWasUsedLongestAgoGoesFirst() throws IOException {
        Path oldest = file("aa/" + NAME + ".1", 100, 40);
        Path older = file("bb/" + NAME + ".1", 100, 30);
        Path old = file("aa/" + NAME + ".2", 100, 20);
        room.make(folder, 100, 250);
        assertThat(oldest).doesNotExist();
        assertThat(older).doesNotExist();
        assertThat(old).exists();
    }

    @Test
    void whatIsInUseStaysWhateverTheLimit() throws IOException {
        Path used = file("aa/" + NAME + ".1", 1000, 5);
        Path unused = file("aa/" + NAME + ".2", 1000, 15);
        room.make(folder, 100, 10);
        assertThat(used).exists();
        assertThat(unused).doesNotExist();
    }

    @Test
    void nothingGoesWhileThereIsRoom() throws IOException {
        Path file = file("aa/" + NAME + ".1", 100, 10_000);
        room.make(folder, 100, 1000);
        assertThat(file).exists();
    }

    @Test
    void whatDeadDownloadsHaveLeftGoesAndWhatLiveOnesWriteStays() throws IOException {
        Path dead = file("ab/" + NAME + ".12345678.download", 100, 11);
        Path notes = file("ab/" + NAME + ".12345678.journal", 10, 11);
        Path live = file("ab/" + NAME + ".part", 100, 9);
        Path whole = file("ab/" + NAME + ".download", 100, 10_000);
        room.make(folder, 100, 1_000_000);
        assertThat(dead).doesNotExist();
        assertThat(notes).doesNotExist();
        assertThat(live).exists();
        assertThat(whole).exists();
    }

    @Test
    void theFolderIsLookedThroughOnceATenthOfTheLimit() throws IOException {
        room.make(folder, 1, 10_000);
        Path late = file("aa/" + NAME + ".1", 20_000, 60);
        room.make(folder, 500, 10_000);
        assertThat(late).exists();
        room.make(folder, 600, 10_000);
        assertThat(late).doesNotExist();
    }

    @Test
    void aDiskThatIsTooSmallIsTold() throws IOException {
        Path old = file("aa/" + NAME + ".1", 100, 60);
        assertThatThrownBy(() -> room.make(folder, 1L << 60, 1L << 61))
                .isInstanceOf(CloudException.class)
                .hasMessageContaining("No room for 1.0 EB in " + folder);
        assertThat(old).doesNotExist();
    }

    private Path file(String name, int size, int minutesAgo) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.write(file, new byte[size]);
        age(file, minutesAgo);
        return file;
    }

    private static void age(Path path, int minutes) throws IOException {
        Files.setLastModifiedTime(path, FileTime.from(Instant.now().minus(MINUTE.multipliedBy(minutes))));
    }
}
