package comfybucket.outbox;

import comfybucket.process.ProcessMark;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.LongSupplier;

/**
 * Which owners are dead. One on this machine is, when its process has ended; of one that only its files are seen of
 * (another machine, another container), when its file has not changed for a while, by this process's own clock. Taking
 * a living one for dead, as when its machine slept, makes a file be sent twice and is harmless: the second time the
 * store or the object itself tells that it is there.
 */
final class Owners {
    private static final Duration SILENCE = Duration.ofMinutes(2);

    private final OutboxFolder folder;
    private final OwnerId self;
    private final Function<ProcessMark, ProcessMark.Life> look;
    private final LongSupplier nanoTime;
    private final Map<OwnerId, Seen> seen = new HashMap<>();

    /** What an owner's file said, and since when. */
    private record Seen(String text, long since) {}

    Owners(OutboxFolder folder, OwnerId self, Function<ProcessMark, ProcessMark.Life> look, LongSupplier nanoTime) {
        this.folder = folder;
        this.self = self;
        this.look = look;
        this.nanoTime = nanoTime;
    }

    /** The owners that have a file, dead or alive, without this process. */
    Set<OwnerId> others() throws IOException {
        Set<OwnerId> others = new HashSet<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder.owners())) {
            for (Path file : files) {
                String name = file.getFileName().toString();
                if (name.matches(OwnerId.PATTERN) && !name.equals(self.value())) {
                    others.add(new OwnerId(name));
                }
            }
        } catch (NoSuchFileException | NotDirectoryException none) {
            return Set.of();
        } catch (DirectoryIteratorException failed) {
            throw failed.getCause();
        }
        return others;
    }

    synchronized boolean isDead(OwnerId owner) throws IOException {
        if (owner.equals(self)) {
            return false;
        }
        String text;
        try {
            text = Files.readString(folder.owners().resolve(owner.value()), StandardCharsets.UTF_8);
        } catch (NoSuchFileException gone) {
            return true;
        }
        ProcessMark.Life life =
                ProcessMark.parse(text.lines().findFirst().orElse("")).map(look).orElse(ProcessMark.Life.UNKNOWN);
        return switch (life) {
            case RUNS -> false;
            case ENDED -> true;
            case UNKNOWN -> isSilent(owner, text);
        };
    }

    private boolean isSilent(OwnerId owner, String text) {
        long now = nanoTime.getAsLong();
        Seen before = seen.get(owner);
        if (before == null || !before.text().equals(text)) {
            seen.put(owner, new Seen(text, now));
            return false;
        }
        return now - before.since() >= SILENCE.toNanos();
    }
}
