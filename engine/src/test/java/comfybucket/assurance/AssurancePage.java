package comfybucket.assurance;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** {@code docs/assurance.md}: all of it is generated. */
record AssurancePage(List<Row> rows) {
    private static final String HEAD = """
            # Assurance

            What is promised, and what the last long runs have shown. `./test` does the same at a smaller size;
            `./test --long` writes a row of this page for each of its runs that succeeds. A run that fails prints its
            seed, and `-Dseed=<number>` plays it again.

            | promise | run | outcome | when |
            |---|---|---|---|
            """;

    static AssurancePage of(String text) {
        return new AssurancePage(text.lines().flatMap(Row::parse).toList());
    }

    AssurancePage with(Row row) {
        return new AssurancePage(Stream.concat(rows.stream().filter(old -> !old.isAbout(row)), Stream.of(row))
                .sorted()
                .toList());
    }

    String text() {
        return HEAD + rows.stream().map(row -> row.line() + "\n").collect(Collectors.joining());
    }
}
