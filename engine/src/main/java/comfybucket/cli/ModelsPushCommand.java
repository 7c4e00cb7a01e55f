package comfybucket.cli;

import com.google.gson.JsonObject;
import comfybucket.connect.Bucket;
import comfybucket.connect.Buckets;
import comfybucket.storage.ObjectKey;
import comfybucket.transfer.IfTaken;
import comfybucket.transfer.ModelUploader;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "push",
        mixinStandardHelpOptions = true,
        description =
                "Uploads models with their SHA-256; goes on with what was stopped, and sends nothing that is there.")
final class ModelsPushCommand implements Callable<Integer> {
    private static final String UNFINISHED = "uploads";

    @Mixin
    private final BucketOptions options;

    @Mixin
    private final DryRun dryRun = new DryRun();

    @Parameters(
            arity = "1..*",
            paramLabel = "PATH",
            description = "A file, or a folder; with a / at its end, the folder's own name is left out of the keys.")
    private List<String> paths = List.of();

    @Option(names = "--to", paramLabel = "PREFIX", description = "What the keys begin with; models/ unless said.")
    private String to = "models/";

    @Option(
            names = "--if-exists",
            paramLabel = "WHAT",
            description = "What to do when other bytes have the key: ${COMPLETION-CANDIDATES}. fail unless said.")
    private IfTaken ifTaken = IfTaken.FAIL;

    ModelsPushCommand(Invocation invocation) {
        this.options = new BucketOptions(invocation);
    }

    @Override
    public Integer call() throws IOException {
        try (Buckets buckets = options.buckets();
                Batch batch = new Batch(options, "models push")) {
            Bucket bucket = buckets.open(options.chosen());
            ModelUploader uploader = new ModelUploader(
                    bucket, ifTaken, options.invocation().machine().dataFolder().resolve(UNFINISHED));
            for (String path : paths) {
                LocalFile.forEach(path, file -> start(file, bucket, uploader, batch));
            }
            return batch.end();
        }
    }

    private void start(LocalFile file, Bucket bucket, ModelUploader uploader, Batch batch) {
        ObjectKey key = bucket.keys().resolve(to + file.name());
        JsonObject line = new JsonObject();
        line.addProperty("file", file.path().toString());
        line.addProperty("key", bucket.keys().show(key));
        line.addProperty("size", file.size());
        batch.start(bucket.keys().uri(key), line, file.size(), () -> {
            if (dryRun.isWanted()) {
                return ifTaken != IfTaken.OVERWRITE && bucket.has(key) ? "taken" : "would_push";
            }
            return switch (uploader.upload(file.path(), key, batch::moved)) {
                case UPLOADED -> "pushed";
                case SAME -> "same";
                case TAKEN -> "skipped";
            };
        });
    }
}
