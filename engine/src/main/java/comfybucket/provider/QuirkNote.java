package comfybucket.provider;

import java.util.Objects;

/**
 * Why a provider has a quirk.
 *
 * @param quirk which
 * @param reason what the store does, as a sentence without a full stop
 * @param secondHand known from others' reports, not from the provider's own documentation or a trial
 */
public record QuirkNote(Quirk quirk, String reason, boolean secondHand) {
    public QuirkNote {
        Objects.requireNonNull(quirk, "unknown quirk");
        if (reason.isBlank()) {
            throw new IllegalArgumentException(quirk + " has no reason");
        }
    }
}
