package comfybucket.transfer;

import java.io.IOException;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;

/**
 * A process that may have ended, as far as others can tell.
 *
 * @param machine the same for processes that see each other, and for no others; empty where that cannot be told
 * @param pid its number there
 * @param started when it was started
 */
record Owner(String machine, long pid, Instant started) {
    static final Owner SELF = self();

    /** How far apart two readings of one start may be: some systems reckon it from the time of their own start. */
    private static final Duration JITTER = Duration.ofSeconds(3);

    enum Life {
        RUNS,
        ENDED,
        /** It belongs to another machine, which only can be listened to. */
        UNKNOWN
    }

    Life life() {
        if (machine.isEmpty() || !machine.equals(SELF.machine)) {
            return Life.UNKNOWN;
        }
        return ProcessHandle.of(pid)
                .filter(process -> process.info()
                        .startInstant()
                        .map(other -> Duration.between(other, started).abs().compareTo(JITTER) < 0)
                        .orElse(true))
                .map(process -> Life.RUNS)
                .orElse(Life.ENDED);
    }

    boolean isSelf() {
        return equals(SELF);
    }

    private static Owner self() {
        ProcessHandle process = ProcessHandle.current();
        Instant started = process.info().startInstant().orElse(Instant.EPOCH);
        return new Owner(
                kernel().or(Owner::card).orElse(""), process.pid(), Instant.ofEpochMilli(started.toEpochMilli()));
    }

    /** Linux: this start of this kernel, and the numbers of processes that are seen in this container. */
    private static Optional<String> kernel() {
        try {
            String boot =
                    Files.readString(Path.of("/proc/sys/kernel/random/boot_id")).strip();
            return Optional.of(boot + Files.readSymbolicLink(Path.of("/proc/self/ns/pid")));
        } catch (IOException | UnsupportedOperationException none) {
            return Optional.empty();
        }
    }

    /** Elsewhere: the address of the first network card. */
    private static Optional<String> card() {
        try {
            return NetworkInterface.networkInterfaces()
                    .flatMap(card -> address(card).stream())
                    .sorted()
                    .findFirst();
        } catch (SocketException none) {
            return Optional.empty();
        }
    }

    private static Optional<String> address(NetworkInterface card) {
        try {
            return Optional.ofNullable(card.getHardwareAddress()).map(HexFormat.of()::formatHex);
        } catch (SocketException none) {
            return Optional.empty();
        }
    }
}
