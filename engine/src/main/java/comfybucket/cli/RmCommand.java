package comfybucket.cli;

import com.google.gson.JsonObject;
import comfybucket.browse.Selection;
import comfybucket.connect.Bucket;
import comfybucket.connect.Buckets;
import comfybucket.error.CloudException;
import comfybucket.error.Problem;
import comfybucket.storage.ObjectSummary;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "rm",
        mixinStandardHelpOptions = true,
        description = "Removes objects, without asking: try --dry-run first. Folders and ** need --recursive.")
final class RmCommand implements Callable<Integer> {
    @Mixin
    private final BucketOptions options;

    @Mixin
    private final DryRun dryRun = new DryRun();

    @Mixin
    private final KeyArguments keys = new KeyArguments();

    @Option(
            names = {"-r", "--recursive"},
            description = "Allow whole folders, and '' for everything that the profile can see.")
    private boolean recursive;

    RmCommand(Invocation invocation) {
        this.options = new BucketOptions(invocation);
    }

    @Override
    public Integer call() {
        keys.selections().forEach(this::requireAllowed);
        try (Buckets buckets = options.buckets();
                Batch batch = new Batch(options, "rm")) {
            Bucket bucket = buckets.open(options.chosen());
            bucket.profile().requireWritable();
            keys.selections()
                    .forEach(selection -> batch.startAll(selection, bucket, object -> start(object, bucket, batch)));
            return batch.end();
        }
    }

    private void requireAllowed(Selection selection) {
        boolean deep = switch (selection) {
            case Selection.One one -> false;
            case Selection.Below below -> true;
            case Selection.Matching(String pattern) -> pattern.contains("**");
        };
        if (deep && !recursive) {
            throw new CloudException(
                    Problem.INPUT_NOT_USABLE,
                    Map.of(
                            "input", "KEY",
                            "reason", "it means a whole folder, or the whole bucket",
                            "allowed", "one key or a pattern without **, or add --recursive"));
        }
    }

    private void start(ObjectSummary object, Bucket bucket, Batch batch) {
        JsonObject line = new JsonObject();
        line.addProperty("key", bucket.keys().show(object.key()));
        batch.start(bucket.keys().uri(object.key()), line, 0, () -> {
            if (dryRun.isWanted()) {
                return "would_remove";
            }
            bucket.store().delete(object.key());
            return "removed";
        });
    }
}
