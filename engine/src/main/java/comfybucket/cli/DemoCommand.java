package comfybucket.cli;

import comfybucket.connect.Buckets;
import comfybucket.files.Folders;
import comfybucket.media.cache.MediaCache;
import comfybucket.node.Host;
import comfybucket.node.Nodes;
import comfybucket.profile.Profile;
import comfybucket.profile.ProfileRef;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "demo",
        mixinStandardHelpOptions = true,
        description = {
            "Does the main job on the embedded store, without an account or a network: saves eight pictures as the"
                    + " node saves them, loads them back, compares every pixel, lists the bucket and opens the links.",
            "At a terminal it then keeps the links open until Ctrl-C."
        })
final class DemoCommand implements Callable<Integer> {
    @Option(
            names = "--folder",
            paramLabel = "FOLDER",
            description =
                    "Keep the pictures in this folder. Without it they go to a new folder, which is removed at the end.")
    private Optional<Path> folder = Optional.empty();

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException, InterruptedException {
        PrintWriter out = spec.commandLine().getOut();
        Path scratch = Files.createTempDirectory("comfy-bucket-demo-");
        Thread cleaning = Thread.ofPlatform().unstarted(() -> Folders.delete(scratch));
        Runtime.getRuntime().addShutdownHook(cleaning);
        Path place = folder.orElse(scratch.resolve("bucket"));
        try (Buckets buckets = new Buckets(chosen -> Profile.local(place))) {
            Nodes nodes = new Nodes(buckets, Host.NONE, new MediaCache(scratch.resolve("media")));
            Demo demo = new Demo(buckets.open(ProfileRef.DEFAULT), nodes, out);
            boolean right = demo.run();
            if (right && Terminal.isInteractive()) {
                out.println("The links stay open until Ctrl-C.");
                out.flush();
                new CountDownLatch(1).await();
            }
            return right ? CommandLine.OK : CommandLine.FAILED;
        }
    }
}
