package comfybucket.outbox;

import comfybucket.process.ProcessMark;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.function.Function;

/**
 * What the outbox takes from the system.
 *
 * @param self the mark of this process
 * @param look whether other processes live
 * @param force whether accepted files outlast a power cut, and not only the end of the process
 * @param tick how often it is looked after
 */
record Surroundings(ProcessMark self, Function<ProcessMark, ProcessMark.Life> look, boolean force, Duration tick) {
    private static final Duration TICK = Duration.ofSeconds(10);

    static Surroundings ofThisProcess() {
        return new Surroundings(ProcessMark.ofThisProcess(), ProcessMark::life, true, TICK);
    }

    OwnerId newOwner() {
        return OwnerId.of(System.currentTimeMillis(), new SecureRandom());
    }
}
