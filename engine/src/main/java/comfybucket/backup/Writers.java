package comfybucket.backup;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Which files ComfyUI, or a program that it has started, is still writing: a video's can rest for minutes between two
 * frames. Linux tells it of the processes of the same user (proc_pid_fd(5), proc_pid_fdinfo(5)); elsewhere nothing is
 * known.
 */
final class Writers {
    private static final int ACCESS_MODE = 3;

    /** The files that the process which started this one, and its descendants, have open for writing. */
    static Set<Path> ofParent() {
        Set<Path> files = new HashSet<>();
        ProcessHandle.current()
                .parent()
                .map(parent ->
                        Stream.concat(Stream.of(parent), parent.descendants()).toList())
                .orElse(List.of())
                .forEach(process -> collect(process.pid(), files));
        return files;
    }

    private static void collect(long pid, Set<Path> files) {
        Path descriptors = Path.of("/proc", Long.toString(pid), "fd");
        try (DirectoryStream<Path> all = Files.newDirectoryStream(descriptors)) {
            for (Path descriptor : all) {
                if (isForWriting(pid, descriptor)) {
                    files.add(Files.readSymbolicLink(descriptor));
                }
            }
        } catch (IOException notToBeSeen) {
            // Not Linux, or another user's, or ended.
        }
    }

    private static boolean isForWriting(long pid, Path descriptor) {
        Path info = Path.of(
                "/proc", Long.toString(pid), "fdinfo", descriptor.getFileName().toString());
        try (Stream<String> lines = Files.lines(info)) {
            return lines.filter(line -> line.startsWith("flags:"))
                    .mapToInt(line -> Integer.parseInt(line.substring(6).strip(), 8))
                    .anyMatch(flags -> (flags & ACCESS_MODE) != 0);
        } catch (IOException | RuntimeException closed) {
            return false;
        }
    }

    private Writers() {}
}
