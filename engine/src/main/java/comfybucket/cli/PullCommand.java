package comfybucket.cli;

import com.google.gson.JsonObject;
import comfybucket.connect.Bucket;
import comfybucket.connect.Buckets;
import comfybucket.storage.ObjectSummary;
import comfybucket.transfer.Downloader;
import comfybucket.transfer.IfTaken;
import comfybucket.transfer.Landing;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "pull",
        mixinStandardHelpOptions = true,
        description = "Downloads objects into a folder, each verified before it gets its name there.")
final class PullCommand implements Callable<Integer> {
    @Mixin
    private final BucketOptions options;

    @Mixin
    private final DryRun dryRun = new DryRun();

    @Mixin
    private final KeyArguments keys = new KeyArguments();

    @Option(names = "--to", paramLabel = "FOLDER", description = "Where the files go; this folder unless said.")
    private Path folder = Path.of("");

    @Option(
            names = "--if-exists",
            paramLabel = "WHAT",
            description = "What to do when a file is there: ${COMPLETION-CANDIDATES}. fail unless said.")
    private IfTaken ifTaken = IfTaken.FAIL;

    PullCommand(Invocation invocation) {
        this.options = new BucketOptions(invocation);
    }

    @Override
    public Integer call() {
        try (Buckets buckets = options.buckets();
                Batch batch = new Batch(options, "pull")) {
            Bucket bucket = buckets.open(options.chosen());
            Downloader downloader = new Downloader(bucket, ifTaken);
            Landing landing = new Landing(folder);
            keys.selections().forEach(selection -> {
                int start = selection.folderLength(bucket.keys());
                batch.startAll(selection, bucket, object -> {
                    if (!isFolderMarker(object)) {
                        Path file = landing.file(object.key().value().substring(start));
                        start(object, landing, file, bucket, downloader, batch);
                    }
                });
            });
            return batch.end();
        }
    }

    private void start(
            ObjectSummary object, Landing landing, Path file, Bucket bucket, Downloader downloader, Batch batch) {
        JsonObject line = new JsonObject();
        line.addProperty("key", bucket.keys().show(object.key()));
        line.addProperty("file", file.toString());
        line.addProperty("size", object.size());
        batch.start(file.toString(), line, object.size(), () -> {
            if (dryRun.isWanted()) {
                boolean there = Files.exists(file, LinkOption.NOFOLLOW_LINKS);
                return ifTaken != IfTaken.OVERWRITE && there ? "taken" : "would_pull";
            }
            landing.prepare(file);
            return downloader.download(object.key(), file, batch::moved) ? "pulled" : "skipped";
        });
    }

    /** Some tools store empty objects in place of folders. */
    private static boolean isFolderMarker(ObjectSummary object) {
        return object.size() == 0 && object.key().value().endsWith("/");
    }
}
