package comfybucket.outbox;

import java.security.SecureRandom;
import java.util.function.Function;

/**
 * What the outbox takes from the system.
 *
 * @param self the mark of this process
 * @param look whether other processes live
 * @param force whether accepted files outlast a power cut, and not only the end of the process
 */
record Surroundings(ProcessMark self, Function<ProcessMark, ProcessMark.Life> look, boolean force) {
    static Surroundings ofThisProcess() {
        return new Surroundings(ProcessMark.ofThisProcess(), ProcessMark::life, true);
    }

    OwnerId newOwner() {
        return OwnerId.of(System.currentTimeMillis(), new SecureRandom());
    }
}
