package comfybucket.process;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;

/**
 * Which process something belongs to, in a form that tells it from every other one: a number alone is given to another
 * process one day.
 *
 * @param machine the same for processes that see each other by their numbers, and for no others; empty where that cannot
 *     be told
 * @param started when the process began, in units of the system's
 */
public record ProcessMark(String machine, long pid, String started) {
    /** Whether a process is there. */
    public enum Life {
        RUNS,
        ENDED,
        /** It runs, or ran, where this process cannot see it. */
        UNKNOWN
    }

    public static ProcessMark ofThisProcess() {
        return Here.SELF;
    }

    public Life life() {
        if (machine.isEmpty() || !machine.equals(Here.MACHINE)) {
            return Life.UNKNOWN;
        }
        return startOf(pid).filter(started::equals).isPresent() ? Life.RUNS : Life.ENDED;
    }

    public boolean isThisProcess() {
        return equals(Here.SELF);
    }

    public JsonObject toJson() {
        JsonObject json = new JsonObject();
        json.addProperty("machine", machine);
        json.addProperty("pid", pid);
        json.addProperty("started", started);
        return json;
    }

    /** Empty when the text is cut short, or is none of ours. */
    public static Optional<ProcessMark> parse(String text) {
        try {
            JsonObject json = JsonParser.parseString(text).getAsJsonObject();
            return Optional.of(new ProcessMark(
                    json.get("machine").getAsString(),
                    json.get("pid").getAsLong(),
                    json.get("started").getAsString()));
        } catch (RuntimeException unlike) {
            return Optional.empty();
        }
    }

    /** Field 22 of proc(5)'s stat is in ticks since the system began, which no change of the clock touches. */
    private static Optional<String> startOf(long pid) {
        try {
            String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
            // The second field is the program's name in brackets, and may hold anything.
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
            boolean zombie = fields[0].equals("Z");
            return zombie ? Optional.empty() : Optional.of(fields[19]);
        } catch (IOException noProc) {
            return ProcessHandle.of(pid)
                    .filter(ProcessHandle::isAlive)
                    .map(process ->
                            process.info().startInstant().map(Instant::toString).orElse(""));
        }
    }

    /** Read once, when it is needed. */
    private static final class Here {
        static final String MACHINE = kernel().or(Here::card).orElse("");
        static final ProcessMark SELF = self();

        private static ProcessMark self() {
            long pid = ProcessHandle.current().pid();
            return new ProcessMark(MACHINE, pid, startOf(pid).orElse(""));
        }

        /** Linux: this start of this kernel, and the namespace of process numbers, which each container has for itself. */
        private static Optional<String> kernel() {
            try {
                String boot = Files.readString(Path.of("/proc/sys/kernel/random/boot_id"))
                        .strip();
                return Optional.of(boot + " " + Files.readSymbolicLink(Path.of("/proc/self/ns/pid")));
            } catch (IOException | UnsupportedOperationException notLinux) {
                return Optional.empty();
            }
        }

        /** Elsewhere: the address of the first network card. Names of machines are often the same. */
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
}
