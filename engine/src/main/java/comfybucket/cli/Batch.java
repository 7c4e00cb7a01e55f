package comfybucket.cli;

import com.google.gson.JsonObject;
import comfybucket.browse.Selection;
import comfybucket.connect.Bucket;
import comfybucket.error.CloudException;
import comfybucket.storage.ObjectSummary;
import comfybucket.transfer.Crew;
import comfybucket.transfer.UploadWatcher;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * One thing done with many objects or files, several at a time. One that fails is told at once and leaves the others
 * alone; the end says what it came to.
 */
final class Batch implements AutoCloseable {
    private static final int WIDTH = 16;

    private final Crew crew;
    private final Lines lines;
    private final Invocation invocation;
    private final Optional<Bar> bar;
    private ExitCode firstFailure = ExitCode.OK;
    private int done;
    private int failed;

    /** What became of one of them, such as {@code pushed}. */
    interface Work {
        String run();
    }

    /** @param title of the bar, where one is shown */
    Batch(BucketOptions options, String title) {
        this(options, title, WIDTH);
    }

    /** @param width how many at a time */
    Batch(BucketOptions options, String title, int width) {
        this.crew = new Crew(width);
        this.lines = options.lines();
        this.invocation = options.invocation();
        this.bar = options.showsProgress() ? Optional.of(Bar.of(title)) : Optional.empty();
    }

    /**
     * Begins with one of them when there is a place.
     *
     * @param name what people call it
     * @param line what programs are told about it; its state is added
     * @param bytes to be moved
     */
    void start(String name, JsonObject line, long bytes, Work work) {
        bar.ifPresent(shown -> shown.expect(bytes));
        crew.start(() -> run(name, line, work));
    }

    private void run(String name, JsonObject line, Work work) {
        try {
            String state = work.run();
            line.addProperty("state", state);
            succeeded();
            if (bar.isEmpty()) {
                lines.print(() -> state.replace('_', ' ') + "  " + Printable.text(name), () -> line);
            }
        } catch (CloudException failure) {
            tell(line, failure);
        }
    }

    /** Begins with all that an argument means; one that means nothing is one that failed. */
    void startAll(Selection selection, Bucket bucket, Consumer<ObjectSummary> start) {
        try {
            selection.find(bucket).forEach(start);
        } catch (CloudException failure) {
            tell(new JsonObject(), failure);
        }
    }

    private void tell(JsonObject line, CloudException failure) {
        failed(ExitCode.of(failure.problem()));
        line.addProperty("state", "failed");
        line.addProperty("code", failure.problem().code());
        line.addProperty("message", failure.getMessage());
        lines.printFailure(invocation.err(), failure.getMessage(), line);
    }

    void moved(long bytes) {
        bar.ifPresent(shown -> shown.moved(bytes));
    }

    /** For uploads, whose files may be read before anything of them is sent. */
    UploadWatcher uploads() {
        return new UploadWatcher() {
            @Override
            public void moved(long bytes) {
                Batch.this.moved(bytes);
            }

            @Override
            public void hashes(long bytes) {
                bar.ifPresent(shown -> shown.expectHash(bytes));
            }

            @Override
            public void hashed(long bytes) {
                bar.ifPresent(shown -> shown.hashed(bytes));
            }
        };
    }

    private synchronized void succeeded() {
        done++;
    }

    private synchronized void failed(ExitCode code) {
        if (failed++ == 0) {
            firstFailure = code;
        }
    }

    /** Waits for all of them. */
    int end() {
        crew.join();
        bar.ifPresent(Bar::close);
        int total = done + failed;
        if (total == 0) {
            invocation.err().println("comfy-bucket: Nothing is there to do this with.");
            return ExitCode.NOT_FOUND.number();
        }
        if (invocation.interactive()) {
            lines.note(done + " of " + total + " done");
        }
        boolean partly = failed > 0 && done > 0;
        return (partly ? ExitCode.PARTLY : firstFailure).number();
    }

    /** Stops what still runs. */
    @Override
    public void close() {
        crew.close();
        bar.ifPresent(Bar::close);
    }
}
