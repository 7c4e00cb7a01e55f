package comfybucket.profile;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** The names that somebody may have meant. */
final class Nearest {
    private static final int MANY = 3;
    private static final int TOO_LONG = 200;

    private Nearest() {}

    /** The nearest names, the nearest first, at most three; none that differs in more than about a third. */
    static List<String> to(String wanted, Collection<String> names) {
        if (wanted.length() > TOO_LONG) {
            return List.of();
        }
        String lower = wanted.toLowerCase(Locale.ROOT);
        record Candidate(String name, int distance) {}
        return names.stream()
                .map(name -> new Candidate(name, distance(lower, name.toLowerCase(Locale.ROOT))))
                .filter(candidate -> candidate.distance <= Math.max(2, candidate.name.length() / 3))
                .sorted(Comparator.comparingInt(Candidate::distance))
                .limit(MANY)
                .map(Candidate::name)
                .toList();
    }

    /** Levenshtein's distance. */
    private static int distance(String left, String right) {
        int[] row = new int[right.length() + 1];
        for (int j = 0; j < row.length; j++) {
            row[j] = j;
        }
        for (int i = 1; i <= left.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j < row.length; j++) {
                int replaced = diagonal + (left.charAt(i - 1) == right.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, Math.min(diagonal, row[j - 1]) + 1);
            }
        }
        return row[right.length()];
    }
}
