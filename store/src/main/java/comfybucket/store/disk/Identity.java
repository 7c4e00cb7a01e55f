package comfybucket.store.disk;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/**
 * What tells one state of a file from every other: its size and its time, which we set ourselves with random digits
 * below the millisecond. Unlike an inode it survives a backup, and exists on every system.
 *
 * @param size bytes
 * @param modified nanoseconds since 1970, as exactly as the file system keeps them
 */
record Identity(long size, long modified) {
    static Identity of(BasicFileAttributes attributes) {
        return new Identity(attributes.size(), attributes.lastModifiedTime().to(TimeUnit.NANOSECONDS));
    }

    /** The identity of a regular file; empty when there is none. Links are not followed. */
    static Optional<Identity> at(Path file) throws IOException {
        try {
            BasicFileAttributes attributes =
                    Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            return attributes.isRegularFile() ? Optional.of(of(attributes)) : Optional.empty();
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    /** Gives the file a time that no other file has. */
    static Identity stamp(Path file) throws IOException {
        Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        return stamp(file, now.plusNanos(ThreadLocalRandom.current().nextInt(1_000_000)));
    }

    /** Another time, for the case that the file system has made two of them equal. */
    static Identity stampAfter(Path file, Identity taken) throws IOException {
        return stamp(file, taken.time().plusSeconds(2)); // FAT keeps every second second
    }

    private static Identity stamp(Path file, Instant time) throws IOException {
        Files.setLastModifiedTime(file, FileTime.from(time));
        return at(file).orElseThrow(() -> new NoSuchFileException(file.toString()));
    }

    Instant time() {
        return Instant.EPOCH.plusNanos(modified);
    }

    /** For use in a file's name. */
    String text() {
        return Long.toHexString(size) + "-" + HexFormat.of().toHexDigits(modified);
    }
}
