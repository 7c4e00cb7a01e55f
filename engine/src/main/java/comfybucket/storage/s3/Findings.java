package comfybucket.storage.s3;

import comfybucket.files.PrivateFile;
import comfybucket.provider.Quirk;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What stores have shown about their quirks, for a while. Kept in memory and, for other processes and the next start, in
 * a file for each store that only its owner may read. A file that is lost, broken or not to be written costs a question
 * that is asked again, and nothing else.
 */
public final class Findings {
    /** A server can be exchanged for another version without a word. */
    private static final Duration GOOD_FOR = Duration.ofDays(30);

    private final Optional<Path> folder;
    private final InstantSource clock;
    private final boolean trusting;
    private final Map<StoreIdentity, Map<Quirk, Finding>> known = new ConcurrentHashMap<>();

    /**
     * @param holds whether the store has the quirk
     * @param at when that was found
     */
    record Finding(boolean holds, Instant at) {}

    /** @param trusting whether what others have found is believed */
    Findings(Optional<Path> folder, boolean trusting, InstantSource clock) {
        this.folder = folder;
        this.trusting = trusting;
        this.clock = clock;
    }

    /** Forgotten with the process. */
    public static Findings inMemory() {
        return new Findings(Optional.empty(), true, InstantSource.system());
    }

    /** Kept in a folder, which need not exist. */
    public static Findings in(Path folder) {
        return new Findings(Optional.of(folder), true, InstantSource.system());
    }

    /** Kept in a folder, but what is there already has to be found out again. */
    public static Findings anewIn(Path folder) {
        return new Findings(Optional.of(folder), false, InstantSource.system());
    }

    /** What tells how old something is. */
    InstantSource clock() {
        return clock;
    }

    /** Whether the store has the quirk; empty while nobody knows. */
    Optional<Boolean> of(StoreIdentity store, Quirk quirk) {
        Finding finding = known.computeIfAbsent(store, key -> trusting ? read(key) : Map.of())
                .get(quirk);
        return Optional.ofNullable(finding).filter(this::isGood).map(Finding::holds);
    }

    void note(StoreIdentity store, Quirk quirk, boolean holds) {
        Finding finding = new Finding(holds, clock.instant());
        known.compute(store, (key, before) -> {
            Map<Quirk, Finding> all = new EnumMap<>(Quirk.class);
            all.putAll(before == null ? Map.of() : before);
            if (folder.isPresent()) {
                // What other processes have found meanwhile stays.
                Map<Quirk, Finding> kept = new EnumMap<>(Quirk.class);
                kept.putAll(read(store));
                kept.put(quirk, finding);
                write(store, kept);
                all.putAll(trusting ? kept : Map.of());
            }
            all.put(quirk, finding);
            return all;
        });
    }

    private boolean isGood(Finding finding) {
        Duration age = Duration.between(finding.at(), clock.instant());
        return !age.isNegative() && age.compareTo(GOOD_FOR) < 0;
    }

    private Map<Quirk, Finding> read(StoreIdentity store) {
        if (folder.isEmpty()) {
            return Map.of();
        }
        try {
            return FindingsText.parse(Files.readString(folder.get().resolve(store.fileName())));
        } catch (IOException unreadable) {
            return Map.of();
        }
    }

    private void write(StoreIdentity store, Map<Quirk, Finding> all) {
        if (folder.isPresent()) {
            String text = FindingsText.print(store.place(), all);
            try {
                PrivateFile.write(folder.get().resolve(store.fileName()), text.getBytes(StandardCharsets.UTF_8));
            } catch (IOException full) {
                // Then this process alone knows.
            }
        }
    }
}
