package comfybucket.cli;

import comfybucket.profile.Machine;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/**
 * What a command line is run with beside its arguments.
 *
 * @param machine where settings come from
 * @param in what is typed or piped in
 * @param out for results
 * @param err for everything else: errors, warnings, prompts
 * @param interactive whether somebody is looking
 */
record Invocation(Machine machine, InputStream in, PrintWriter out, PrintWriter err, boolean interactive) {
    static Invocation ofThisProcess() {
        boolean interactive = Terminal.isInteractive();
        // Programs that read our output expect UTF-8, whatever the locale; a terminal shows its own encoding.
        Charset charset = interactive ? System.out.charset() : StandardCharsets.UTF_8;
        return new Invocation(
                Machine.ofThisProcess(),
                System.in,
                writer(FileDescriptor.out, charset, interactive),
                writer(FileDescriptor.err, charset, true),
                interactive);
    }

    private static PrintWriter writer(FileDescriptor stream, Charset charset, boolean flushEachLine) {
        return new PrintWriter(new FileOutputStream(stream), flushEachLine, charset);
    }
}
