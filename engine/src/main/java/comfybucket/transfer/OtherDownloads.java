package comfybucket.transfer;

import comfybucket.connect.Bucket;
import comfybucket.files.Disk;
import comfybucket.process.ProcessMark;
import comfybucket.storage.ObjectInfo;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;

/**
 * Downloads of one version to one place by whoever shares the folder, so that one of them suffices. A process of this
 * machine can be asked whether it runs; others are listened to: each writes to its journal every few seconds. When in
 * doubt two download the same, which costs time and nothing else.
 */
public final class OtherDownloads {
    /** Nobody who is alive is silent for so long. */
    private static final Duration SILENCE = Heart.PAUSE.multipliedBy(8);
    /** Somebody who is alive and gets nothing for so long is not waited for. */
    private static final Duration STALL = Duration.ofMinutes(2);

    /** What it takes to look into a folder and remove a file. */
    private static final Duration SHORT_PAUSE = Duration.ofMillis(5);

    private static final Duration FIRST_PAUSE = Duration.ofMillis(25);
    private static final Duration LONGEST_PAUSE = Duration.ofMillis(800);

    private final String version;
    private final Path target;
    private final Disk disk;
    private final Map<Attempt, Heard> heard = new HashMap<>();
    private final Set<Attempt> silent = new HashSet<>();
    private Duration pause = FIRST_PAUSE;

    /**
     * What a journal said when it was last seen to change.
     *
     * @param at the time of its last change, and of the last piece, by {@link System#nanoTime}
     */
    private record Heard(int length, int pieces, long at, long pieceAt) {
        Heard and(int nowLength, int nowPieces, long now) {
            return new Heard(nowLength, nowPieces, nowLength == length ? at : now, nowPieces == pieces ? pieceAt : now);
        }
    }

    /** Somebody who is at it. */
    private record Seen(Attempt attempt, Journaled journal) {
        long size() {
            return journal.header().pieces().size();
        }

        long bytes() {
            return journal.done().keySet().stream()
                    .mapToLong(piece -> journal.header().pieces().range(piece).length())
                    .sum();
        }
    }

    public OtherDownloads(Bucket bucket, ObjectInfo object, Path target, Disk disk) {
        this.version = bucket.identity(object);
        this.target = target.toAbsolutePath().normalize();
        this.disk = disk;
    }

    /**
     * Whether somebody is at it; then some time has passed.
     *
     * @param progress is told how far the other is
     * @throws CancellationException when this thread is interrupted
     */
    public boolean goOn(TransferProgress progress) throws IOException {
        List<Seen> others = seen();
        if (others.isEmpty()) {
            return false;
        }
        others.stream()
                .max(Comparator.comparingLong(Seen::bytes))
                .ifPresent(furthest -> progress.update(furthest.bytes(), furthest.size()));
        sleep(pause);
        pause = pause.compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : pause;
        return true;
    }

    private static void sleep(Duration pause) {
        try {
            Thread.sleep(pause);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new CancellationException("Cancelled");
        }
    }

    /**
     * Whether it is this attempt's turn, which all can see by now. Of those that wait for each other the one with the
     * least id stays, and the others withdraw; but nobody overtakes one that has begun.
     *
     * @throws CancellationException when this thread is interrupted
     */
    boolean isFirst(Attempt own) throws IOException {
        while (true) {
            List<Seen> others =
                    seen().stream().filter(seen -> !seen.attempt().equals(own)).toList();
            if (others.isEmpty()) {
                return true;
            }
            for (Seen other : others) {
                if (other.attempt().id().compareTo(own.id()) < 0
                        || disk.state(other.attempt().bytes()).isPresent()) {
                    return false;
                }
            }
            sleep(SHORT_PAUSE);
        }
    }

    private List<Seen> seen() throws IOException {
        List<Seen> seen = new ArrayList<>();
        for (Attempt attempt : Attempt.at(target, disk)) {
            Optional<byte[]> notes = Journal.read(disk, attempt.notes());
            Optional<Journaled> journal = notes.flatMap(Journaled::read)
                    .filter(read -> read.header().version().equals(version));
            if (journal.isPresent() && isAtIt(attempt, journal.get(), notes.get().length)) {
                seen.add(new Seen(attempt, journal.get()));
            }
        }
        return seen;
    }

    private boolean isAtIt(Attempt attempt, Journaled journal, int length) throws IOException {
        ProcessMark.Life life = attempt.life(journal, disk);
        if (life == ProcessMark.Life.ENDED) {
            return false;
        }
        long now = System.nanoTime();
        int pieces = journal.done().size();
        Heard last = heard.merge(
                attempt, new Heard(length, pieces, now, now), (before, first) -> before.and(length, pieces, now));
        if (life == ProcessMark.Life.UNKNOWN && now - last.at() > SILENCE.toNanos()) {
            silent.add(attempt);
            return false;
        }
        return now - last.pieceAt() < STALL.toNanos();
    }

    /** Whether it is known of an attempt that nobody is at it, though its owner cannot be asked. */
    boolean isSilent(Attempt attempt) {
        return silent.contains(attempt);
    }
}
