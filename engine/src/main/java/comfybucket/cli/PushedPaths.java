package comfybucket.cli;

import com.google.gson.JsonObject;
import comfybucket.connect.Bucket;
import comfybucket.storage.ObjectKey;
import comfybucket.transfer.IfTaken;
import comfybucket.transfer.UploadWatcher;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Files and folders named on the command line, and how they get into a bucket. */
final class PushedPaths {
    @Mixin
    private final DryRun dryRun = new DryRun();

    @Parameters(
            arity = "1..*",
            paramLabel = "PATH",
            description = "A file, or a folder; with a / at its end, the folder's own name is left out of the keys.")
    private List<String> paths = List.of();

    /** Uploads one file, tells how far it is, and answers what came of it as {@code --json} names it. */
    interface Push {
        String push(Path file, ObjectKey key, UploadWatcher watcher);
    }

    /** Starts an upload for each file, or only says what would come of it. */
    void start(String to, IfTaken ifTaken, Bucket bucket, Batch batch, Push push) throws IOException {
        for (String path : paths) {
            LocalFile.forEach(path, file -> start(file, to, ifTaken, bucket, batch, push));
        }
    }

    /**
     * The same, small files before large ones: where each is read before it is sent, so the line waits least for the first
     * and has something to send from then on.
     */
    void startSmallestFirst(String to, IfTaken ifTaken, Bucket bucket, Batch batch, Push push) throws IOException {
        for (LocalFile file : LocalFile.smallestFirst(paths)) {
            start(file, to, ifTaken, bucket, batch, push);
        }
    }

    private void start(LocalFile file, String to, IfTaken ifTaken, Bucket bucket, Batch batch, Push push) {
        ObjectKey key = bucket.keys().resolve(to + file.name());
        JsonObject line = new JsonObject();
        line.addProperty("file", file.path().toString());
        line.addProperty("key", bucket.keys().show(key));
        line.addProperty("size", file.size());
        batch.start(bucket.keys().uri(key), line, file.size(), () -> {
            if (dryRun.isWanted()) {
                return ifTaken != IfTaken.OVERWRITE && bucket.has(key) ? "taken" : "would_push";
            }
            return push.push(file.path(), key, batch.uploads());
        });
    }
}
