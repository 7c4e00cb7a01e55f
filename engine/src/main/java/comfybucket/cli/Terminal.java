package comfybucket.cli;

import java.io.Console;

/** Whether somebody is looking. */
final class Terminal {
    /** True when both input and output are a terminal. */
    @SuppressWarnings("SystemConsoleNull") // it is null when the input is not a terminal, whatever the JDK's version
    static boolean isInteractive() {
        Console console = System.console();
        return console != null && console.isTerminal();
    }

    private Terminal() {}
}
