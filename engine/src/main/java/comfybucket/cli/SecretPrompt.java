package comfybucket.cli;

import comfybucket.error.CloudException;
import comfybucket.error.Problem;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;

/** Asks for secrets so that they are seen by nobody: hidden at a terminal, else a line of stdin each. */
final class SecretPrompt {
    private final Invocation invocation;
    private final BufferedReader lines;

    SecretPrompt(Invocation invocation) {
        this.invocation = invocation;
        this.lines = new BufferedReader(new InputStreamReader(invocation.in(), StandardCharsets.UTF_8));
    }

    /** @throws CloudException {@link Problem#INPUT_NOT_USABLE} when nothing is entered */
    String ask(String what) throws IOException {
        String secret = (invocation.interactive() ? typed(what) : piped()).strip();
        if (secret.isEmpty()) {
            throw new CloudException(
                    Problem.INPUT_NOT_USABLE,
                    Map.of(
                            "input", what,
                            "reason", "nothing was entered",
                            "allowed", "what the store gave you, typed when asked or as a line of stdin"));
        }
        return secret;
    }

    private String piped() throws IOException {
        String line = lines.readLine();
        return line == null ? "" : line;
    }

    private static String typed(String what) {
        char[] typed = System.console().readPassword("%s: ", what);
        if (typed == null) {
            return "";
        }
        try {
            return new String(typed);
        } finally {
            Arrays.fill(typed, ' ');
        }
    }
}
