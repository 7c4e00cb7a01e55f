package comfybucket.rpc;

import comfybucket.node.LoadedFile;
import comfybucket.node.Progress;
import java.util.function.Supplier;

/**
 * Tells the pack how far a run is: ten updates a second at most, and always the last one, because each update makes
 * ComfyUI send its whole state. Files are told at once.
 */
final class RunProgress implements Progress {
    private static final long INTERVAL_NANOS = 100_000_000;

    private final String run;
    private final Pack pack;
    private long lastSent = System.nanoTime() - INTERVAL_NANOS;

    RunProgress(String run, Pack pack) {
        this.run = run;
        this.pack = pack;
    }

    @Override
    public void update(long value, long total) {
        update(value, total, () -> null);
    }

    @Override
    public synchronized void update(long value, long total, Supplier<String> line) {
        long now = System.nanoTime();
        if (now - lastSent >= INTERVAL_NANOS || value == total) {
            lastSent = now;
            pack.progress(new Protocol.Progress(run, value, total, line.get()));
        }
    }

    @Override
    public void arrived(LoadedFile file) {
        pack.arrived(new Protocol.Arrived(run, file.path().toString(), file.uri()));
    }
}
