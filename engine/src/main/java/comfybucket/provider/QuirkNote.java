package comfybucket.provider;

import java.util.Objects;

/**
 * Why a provider has a quirk.
 *
 * @param quirk which
 * @param reason what the store does, as a sentence without a full stop
 */
public record QuirkNote(Quirk quirk, String reason, Certainty certainty) {
    public QuirkNote {
        Objects.requireNonNull(quirk, "unknown quirk");
        if (reason.isBlank()) {
            throw new IllegalArgumentException(quirk + " has no reason");
        }
    }

    /** Whether it has to be found out if a server has it, and can be. */
    public boolean isOpen() {
        return certainty.isDoubtful() && quirk.canBeFoundOut();
    }
}
