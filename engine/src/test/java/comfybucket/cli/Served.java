package comfybucket.cli;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.StringWriter;
import java.util.concurrent.atomic.AtomicInteger;

/** A {@code serve} that runs until it is closed, as by Ctrl-C. */
final class Served implements AutoCloseable {
    private final StringWriter out = new StringWriter();
    private final AtomicInteger code = new AtomicInteger(-1);
    private final Thread running;

    Served(Commands commands, String... more) throws InterruptedException {
        String[] args = new String[more.length + 2];
        args[0] = "serve";
        args[1] = "--json";
        System.arraycopy(more, 0, args, 2, more.length);
        Invocation invocation = commands.invocation("", out, new StringWriter());
        running = Thread.ofPlatform().start(() -> code.set(CommandLine.run(invocation, args)));
        while (out.toString().isEmpty() && running.isAlive()) {
            Thread.sleep(10);
        }
    }

    /** What it said about itself. */
    JsonObject json() {
        return JsonParser.parseString(out.toString()).getAsJsonObject();
    }

    /** Ctrl-C; the exit code. */
    int stop() {
        running.interrupt();
        try {
            running.join();
        } catch (InterruptedException unexpected) {
            throw new IllegalStateException(unexpected);
        }
        return code.get();
    }

    @Override
    public void close() {
        var _ = stop();
    }
}
