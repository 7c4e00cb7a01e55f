package comfybucket.outbox;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/**
 * Which process something belongs to, in a form that tells it from every other one: a number alone is given to another
 * process one day.
 *
 * @param machine what knows the process by its number: this run of this system, and where Linux has it the namespace of
 *     process numbers (a container's own)
 * @param started when the process began, in units of the system's
 */
record ProcessMark(String machine, long pid, String started) {
    /** Whether a process is there. */
    enum Life {
        ALIVE,
        DEAD,
        /** It runs, or ran, where this process cannot see it. */
        UNKNOWN
    }

    static ProcessMark ofThisProcess() {
        long pid = ProcessHandle.current().pid();
        return new ProcessMark(Here.MACHINE, pid, startOf(pid).orElse(""));
    }

    Life life() {
        if (!machine.equals(Here.MACHINE)) {
            return Life.UNKNOWN;
        }
        return startOf(pid).filter(started::equals).isPresent() ? Life.ALIVE : Life.DEAD;
    }

    JsonObject toJson() {
        JsonObject json = new JsonObject();
        json.addProperty("machine", machine);
        json.addProperty("pid", pid);
        json.addProperty("started", started);
        return json;
    }

    /** Empty when the text is cut short, or is none of ours. */
    static Optional<ProcessMark> parse(String text) {
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
        static final String MACHINE = machine();

        private static String machine() {
            try {
                String boot = Files.readString(Path.of("/proc/sys/kernel/random/boot_id"))
                        .strip();
                return boot + " " + Files.readSymbolicLink(Path.of("/proc/self/ns/pid"));
            } catch (IOException notLinux) {
                return hostName();
            }
        }

        private static String hostName() {
            try {
                return InetAddress.getLocalHost().getHostName();
            } catch (UnknownHostException nameless) {
                return "localhost";
            }
        }
    }
}
