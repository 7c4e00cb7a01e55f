package comfybucket.assurance;

import java.util.Comparator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * One run's outcome.
 *
 * @param run what was done; with the promise it is what tells rows apart
 * @param when and where it was done
 */
record Row(Promise promise, String run, String figure, String when) implements Comparable<Row> {
    private static final Pattern LINE = Pattern.compile("\\| ([^|]+) \\| ([^|]+) \\| ([^|]+) \\| ([^|]+) \\|");
    private static final Comparator<Row> ORDER =
            Comparator.comparing(Row::promise).thenComparing(Row::run);

    Row {
        if (Stream.of(run, figure, when)
                .anyMatch(text -> text.isBlank() || text.contains("|") || text.contains("\n"))) {
            throw new IllegalArgumentException("Not a cell of a table: " + run + ", " + figure + ", " + when);
        }
    }

    /** A row of the page, unless the line is none or tells of a promise that is not made any more. */
    static Stream<Row> parse(String line) {
        Matcher cells = LINE.matcher(line);
        if (!cells.matches()) {
            return Stream.empty();
        }
        return Stream.of(Promise.values())
                .filter(promise -> promise.text().equals(cells.group(1)))
                .map(promise -> new Row(promise, cells.group(2), cells.group(3), cells.group(4)));
    }

    boolean isAbout(Row other) {
        return promise == other.promise && run.equals(other.run);
    }

    String line() {
        return "| %s | %s | %s | %s |".formatted(promise.text(), run, figure, when);
    }

    @Override
    public int compareTo(Row other) {
        return ORDER.compare(this, other);
    }
}
