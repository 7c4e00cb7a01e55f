package comfybucket.naming;

import java.time.Clock;
import java.util.random.RandomGenerator;

/**
 * Endings that nobody else makes: nine digits of time (milliseconds since 1970, good for a thousand years) and seven of
 * chance, in base 32 with the digits in ASCII order, so that names sort by when they were made. One process never makes
 * two of the same millisecond; two processes that do meet with a chance of 1 in 34 thousand million.
 */
final class Suffixes {
    /** Douglas Crockford's digits, without the letters that are mistaken for others. */
    private static final String DIGITS = "0123456789abcdefghjkmnpqrstvwxyz";

    private static final int BITS = 5;
    private static final int TIME_DIGITS = 9;
    private static final int CHANCE_DIGITS = 7;

    /** Of each of them, in characters and bytes. */
    static final int LENGTH = 1 + TIME_DIGITS + CHANCE_DIGITS;

    private final Clock clock;
    private final RandomGenerator random;
    private long last = Long.MIN_VALUE;

    Suffixes(Clock clock, RandomGenerator random) {
        this.clock = clock;
        this.random = random;
    }

    synchronized String next() {
        last = Math.max(last + 1, clock.millis());
        return "_" + digits(last, TIME_DIGITS) + digits(random.nextLong(), CHANCE_DIGITS);
    }

    private static String digits(long value, int count) {
        StringBuilder text = new StringBuilder();
        for (int digit = count - 1; digit >= 0; digit--) {
            text.append(DIGITS.charAt((int) (value >>> (digit * BITS)) & (DIGITS.length() - 1)));
        }
        return text.toString();
    }
}
