package comfybucket.cli;

import comfybucket.connect.Bucket;
import comfybucket.connect.Buckets;
import comfybucket.transfer.IfTaken;
import comfybucket.transfer.Uploader;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "push",
        mixinStandardHelpOptions = true,
        description = "Uploads files, and folders with all that is in them; links in folders are not followed.")
final class PushCommand implements Callable<Integer> {
    @Mixin
    private final BucketOptions options;

    @Mixin
    private final PushedPaths paths = new PushedPaths();

    @Option(names = "--to", paramLabel = "PREFIX", description = "What the keys begin with, such as models/.")
    private String to = "";

    @Option(
            names = "--if-exists",
            paramLabel = "WHAT",
            description = "What to do when a key is taken: ${COMPLETION-CANDIDATES}. fail unless said.")
    private IfTaken ifTaken = IfTaken.FAIL;

    PushCommand(Invocation invocation) {
        this.options = new BucketOptions(invocation);
    }

    @Override
    public Integer call() throws IOException {
        try (Buckets buckets = options.buckets();
                Batch batch = new Batch(options, "push")) {
            Bucket bucket = buckets.open(options.chosen());
            Uploader uploader = new Uploader(bucket, ifTaken);
            paths.start(
                    to,
                    ifTaken,
                    bucket,
                    batch,
                    (file, key, watcher) -> uploader.upload(file, key, watcher) ? "pushed" : "skipped");
            return batch.end();
        }
    }
}
