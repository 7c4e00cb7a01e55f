package comfybucket.storage.s3;

import comfybucket.provider.Quirk;
import comfybucket.storage.KeyPrefix;
import java.util.Optional;
import java.util.Set;

/**
 * What has to be found out about a store, and how.
 *
 * @param open quirks that it may have
 * @param findings where answers are kept
 * @param ground below which objects may be written and removed again to find out; empty where nothing may be written
 */
public record Doubts(Set<Quirk> open, Findings findings, Optional<KeyPrefix> ground) {
    /** Of a store about which everything is known. */
    public static final Doubts NONE = new Doubts(Set.of(), Findings.inMemory(), Optional.empty());

    public Doubts {
        open = Set.copyOf(open);
    }
}
