package comfybucket.cli;

import comfybucket.browse.Selection;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The objects that a command is about, as arguments. */
final class KeyArguments {
    @Parameters(
            arity = "1..*",
            paramLabel = "KEY",
            description = "A key; a folder, which ends in /; or a pattern such as 'images/**/*.png', in quotes.")
    private List<String> keys = new ArrayList<>();

    @Option(names = "--literal", description = "Take *, ?, [ and { in a key as they are.")
    private boolean literal;

    Stream<Selection> selections() {
        return keys.stream().map(key -> Selection.of(key, literal));
    }
}
