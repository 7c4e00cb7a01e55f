package comfybucket;

import comfybucket.about.Version;
import comfybucket.cli.CommandLine;
import comfybucket.profile.Machine;
import comfybucket.rpc.RpcServer;
import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.concurrent.ExecutionException;

/** Puts the parts together: {@code rpc} serves ComfyUI, everything else is the command line. */
public final class Main {
    public static void main(String[] args) throws IOException, InterruptedException, ExecutionException {
        switch (args.length == 1 ? args[0] : "") {
            case "rpc" -> serveComfyUI();
            case "train" -> Training.run();
            default -> System.exit(CommandLine.run(args));
        }
        System.exit(0);
    }

    private static void serveComfyUI() throws InterruptedException {
        WarmUp.begin();
        OutputStream protocol = new BufferedOutputStream(new FileOutputStream(FileDescriptor.out));
        // Whatever a library prints must not get in between the messages.
        System.setOut(System.err);
        serve(Machine.ofThisProcess(), System.in, protocol);
    }

    /** The engine, from the first message to the last. */
    static void serve(Machine machine, InputStream in, OutputStream out) throws InterruptedException {
        Log.toStderr();
        try (Composition parts = new Composition(machine)) {
            new RpcServer(parts::nodes, Version.CURRENT).serve(in, out);
        }
    }

    private Main() {}
}
