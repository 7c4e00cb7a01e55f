package comfybucket.cli;

import com.google.gson.JsonObject;
import comfybucket.connect.Buckets;
import comfybucket.media.cache.MediaCache;
import comfybucket.node.Host;
import comfybucket.node.Nodes;
import comfybucket.node.Progress;
import comfybucket.node.RunContext;
import comfybucket.profile.ProfileRef;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        name = "test",
        mixinStandardHelpOptions = true,
        description = "Does what the Test Cloud Connection node does: reaches the bucket and lists its first keys.")
final class ProfilesTestCommand implements Callable<Integer> {
    @Mixin
    private final BucketOptions options;

    @Parameters(
            arity = "0..1",
            paramLabel = "NAME",
            description = "The profile; without it, what commands use that name none.")
    private String name = ProfileRef.ENVIRONMENT;

    ProfilesTestCommand(Invocation invocation) {
        this.options = new BucketOptions(invocation);
    }

    @Override
    public Integer call() {
        JsonObject inputs = new JsonObject();
        inputs.add("profile", options.named(name).toJson());
        try (Buckets buckets = options.buckets()) {
            String report = new Nodes(
                            buckets,
                            Host.NONE,
                            MediaCache.of(options.invocation().machine()))
                    .run("TestCloudConnection", inputs, RunContext.plain(Progress.NONE))
                    .outputs()
                    .getFirst()
                    .getAsString();
            options.lines()
                    .print(
                            () -> report.lines()
                                    .map(Printable::text)
                                    .collect(Collectors.joining(System.lineSeparator())),
                            () -> {
                                JsonObject line = new JsonObject();
                                line.addProperty("name", name);
                                line.addProperty("report", report);
                                return line;
                            });
            return CommandLine.OK;
        }
    }
}
