package comfybucket.cli;

import com.google.gson.JsonObject;
import comfybucket.connect.Buckets;
import comfybucket.connect.LocalServer;
import comfybucket.profile.Profile;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "serve",
        mixinStandardHelpOptions = true,
        description = {
            "Runs the embedded store until Ctrl-C, so that links to it open and other S3 clients of this machine can"
                    + " use it. It answers on the loopback address only."
        })
final class ServeCommand implements Callable<Integer> {
    @Mixin
    private final BucketOptions options;

    @Option(
            names = "--folder",
            paramLabel = "FOLDER",
            description = "Serve this folder; otherwise the one of the profile, whose provider has to be Local.")
    private Optional<Path> folder = Optional.empty();

    @Option(names = "--show-secret", description = "Print the secret key too, which other clients need.")
    private boolean showSecret;

    ServeCommand(Invocation invocation) {
        this.options = new BucketOptions(invocation);
    }

    @Override
    public Integer call() throws InterruptedException {
        try (Buckets buckets =
                folder.isPresent() ? new Buckets(chosen -> Profile.local(folder.get())) : options.buckets()) {
            LocalServer server = buckets.serve(options.chosen());
            print(server);
            new CountDownLatch(1).await();
            return CommandLine.OK;
        }
    }

    private void print(LocalServer server) {
        Lines lines = options.lines();
        String secret =
                showSecret ? server.secretKey().reveal() : server.secretKey().toString();
        lines.print(
                () -> String.join(
                        System.lineSeparator(),
                        "endpoint    " + server.endpoint(),
                        "bucket      " + server.bucket(),
                        "access key  " + server.accessKey(),
                        "secret key  " + secret + (showSecret ? "" : "  (--show-secret prints it)"),
                        "Ctrl-C ends it."),
                () -> {
                    JsonObject line = new JsonObject();
                    line.addProperty("endpoint", server.endpoint().toString());
                    line.addProperty("bucket", server.bucket());
                    line.addProperty("access_key", server.accessKey());
                    line.addProperty("secret_key", secret);
                    return line;
                });
        options.invocation().out().flush();
    }
}
