package comfybucket.store;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A store in a JVM of its own, that can be killed. */
final class ServerProcess implements AutoCloseable {
    private final Process process;
    private final String ready;

    private ServerProcess(Process process, String ready) {
        this.process = process;
        this.ready = ready;
    }

    /**
     * Starts one.
     *
     * @param shell what a shell does before the JVM starts, such as {@code umask 000}; "" for nothing
     */
    static ServerProcess start(Path folder, String shell) throws IOException {
        List<String> java = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                ServeFolder.class.getName(),
                folder.toString(),
                "--no-force");
        List<String> command = new ArrayList<>();
        if (!shell.isEmpty()) {
            command.addAll(List.of("sh", "-c", shell + " && exec \"$@\"", "sh"));
        }
        command.addAll(java);
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        String ready = out.readLine();
        if (ready == null) {
            throw new IOException("The store did not start.");
        }
        return new ServerProcess(process, ready);
    }

    String value(String name) {
        Matcher matcher = Pattern.compile("\"" + name + "\": \"([^\"]*)\"").matcher(ready);
        if (!matcher.find()) {
            throw new IllegalStateException(ready);
        }
        return matcher.group(1);
    }

    long pid() {
        return process.pid();
    }

    TestClient client() {
        return new TestClient(URI.create(value("endpoint")), value("access_key"), value("secret_key"));
    }

    /** As {@code kill -9} does. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    @Override
    public void close() throws IOException {
        process.getOutputStream().close();
        process.onExit().join();
    }
}
