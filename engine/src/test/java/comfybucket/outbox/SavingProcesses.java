package comfybucket.outbox;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;

/**
 * Starts {@link SavingProcess}es, which takes a tenth of the time that it takes from folders of classes: out of jars, with
 * an AOT cache from a process that was let live.
 */
final class SavingProcesses {
    private static final int TRAINED_WITH = 100;

    /** The number of the one that is let live, which no other has. */
    private static final int TRAINED = 99_999_999;

    private final Home home;
    private final String classPath;
    private final Path cache;

    /** @param folder for jars and the cache */
    SavingProcesses(Home home, Path folder) throws IOException, InterruptedException {
        this.home = home;
        this.classPath = inJars(Files.createDirectories(folder));
        this.cache = folder.resolve("cache.aot");
        train(folder.resolve("settings").resolve("outbox"));
    }

    /** With the classes of folders in jars, out of which alone a cache can be made. */
    private static String inJars(Path folder) throws IOException {
        List<String> places = new ArrayList<>();
        for (String place : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
            if (Files.isDirectory(Path.of(place))) {
                Path jar = folder.resolve(places.size() + ".jar");
                pack(Path.of(place), jar);
                places.add(jar.toString());
            } else {
                places.add(place);
            }
        }
        return String.join(File.pathSeparator, places);
    }

    private static void pack(Path classes, Path jar) throws IOException {
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar));
                Stream<Path> files = Files.walk(classes).filter(Files::isRegularFile)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                out.putNextEntry(
                        new JarEntry(classes.relativize(file).toString().replace(File.separatorChar, '/')));
                Files.copy(file, out);
            }
        }
    }

    private void train(Path outbox) throws IOException, InterruptedException {
        Process process = start(outbox, TRAINED, "-XX:AOTCacheOutput=" + cache);
        try (BufferedReader lines = lines(process)) {
            for (int i = 0; i < TRAINED_WITH; i++) {
                assertThat(lines.readLine()).isNotNull();
            }
            // Ends in good order, and writes what it has learned.
            process.toHandle().destroy();
            while (lines.readLine() != null) {
                // What it saved meanwhile.
            }
        }
        process.waitFor();
    }

    /**
     * One that saves into the common outbox, and is killed.
     *
     * @param after it was ready
     * @return what it said it had accepted
     */
    Set<String> killed(int number, Duration after) throws IOException, InterruptedException {
        Process process = start(home.root, number, "-XX:AOTCache=" + cache);
        Set<String> accepted = new HashSet<>();
        try (BufferedReader lines = lines(process)) {
            assertThat(lines.readLine()).isEqualTo("ready");
            Thread killer = Thread.ofVirtual().start(() -> {
                try {
                    Thread.sleep(after);
                } catch (InterruptedException ended) {
                    Thread.currentThread().interrupt();
                }
                process.toHandle().destroyForcibly();
            });
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.length() == SavingProcess.ID_LENGTH) {
                    accepted.add(line);
                }
            }
            killer.join();
        }
        process.waitFor();
        return accepted;
    }

    private Process start(Path outbox, int number, String option) throws IOException {
        ProcessBuilder command = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-Xlog:disable",
                option,
                "-cp",
                classPath,
                SavingProcess.class.getName(),
                outbox.toString(),
                home.folder.toString(),
                Integer.toString(number));
        command.environment().putAll(home.environment);
        command.redirectError(ProcessBuilder.Redirect.DISCARD);
        return command.start();
    }

    private static BufferedReader lines(Process process) {
        return new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8));
    }
}
