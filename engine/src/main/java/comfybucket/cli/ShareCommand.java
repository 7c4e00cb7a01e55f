package comfybucket.cli;

import com.google.gson.JsonObject;
import comfybucket.connect.Bucket;
import comfybucket.connect.Buckets;
import comfybucket.storage.ObjectKey;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "share",
        mixinStandardHelpOptions = true,
        description = "Prints links that open without an account, one a line.")
final class ShareCommand implements Callable<Integer> {
    @Mixin
    private final BucketOptions options;

    @Mixin
    private final KeyArguments keys = new KeyArguments();

    @Option(
            names = "--expires",
            paramLabel = "TIME",
            converter = Validity.class,
            description = "How long the link works: 30m, 24h, at most 7d. 24h unless said.")
    private Duration validity = Duration.ofHours(24);

    @Option(
            names = "--name",
            paramLabel = "NAME",
            description = "Make browsers save the file under this name instead of showing it.")
    private Optional<String> name = Optional.empty();

    ShareCommand(Invocation invocation) {
        this.options = new BucketOptions(invocation);
    }

    @Override
    public Integer call() {
        Lines lines = options.lines();
        try (Buckets buckets = options.buckets()) {
            Bucket bucket = buckets.open(options.chosen());
            keys.selections()
                    .flatMap(selection -> selection.find(bucket))
                    .forEach(object -> print(bucket, object.key(), lines));
            return CommandLine.OK;
        }
    }

    private void print(Bucket bucket, ObjectKey key, Lines lines) {
        String url = bucket.link(key, validity, name);
        lines.print(() -> url, () -> {
            JsonObject line = new JsonObject();
            line.addProperty("key", bucket.keys().show(key));
            line.addProperty("url", url);
            return line;
        });
    }
}
