package comfybucket.doctor;

import java.time.Duration;
import java.time.Instant;

/**
 * Whether this computer's clock agrees with the store's. Far apart, nothing works at all and the bucket's check says so;
 * this tells what is on its way there.
 */
final class ClockCheck implements Check {
    private static final Duration TOLERATED = Duration.ofMinutes(2);

    @Override
    public String name() {
        return "clock";
    }

    @Override
    public boolean needsObject() {
        return true;
    }

    @Override
    public Finding look(Patient patient) {
        Instant store = patient.store().head(patient.object().orElseThrow()).lastModified();
        Duration ahead = Duration.between(store, Instant.now());
        return ahead.abs().compareTo(TOLERATED) <= 0
                ? Finding.good(this, "agrees with the store's")
                : Finding.warning(
                        this,
                        "This computer's clock is " + ahead.abs().toMinutes() + " minutes "
                                + (ahead.isPositive() ? "ahead of" : "behind")
                                + " the store's; from 15 on signatures are"
                                + " refused. Set the clock, best by time synchronisation.");
    }
}
