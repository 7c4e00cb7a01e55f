package comfybucket.cli;

import comfybucket.connect.Bucket;
import comfybucket.connect.Buckets;
import comfybucket.transfer.IfTaken;
import comfybucket.transfer.ModelUploader;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

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
    private final PushedPaths paths = new PushedPaths();

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
            PushedPaths.Push push = (file, key, watcher) -> switch (uploader.upload(file, key, watcher)) {
                case UPLOADED -> "pushed";
                case SAME -> "same";
                case TAKEN -> "skipped";
            };
            paths.startSmallestFirst(to, ifTaken, bucket, batch, push);
            return batch.end();
        }
    }
}
