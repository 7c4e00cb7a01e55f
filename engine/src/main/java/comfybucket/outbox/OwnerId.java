package comfybucket.outbox;

import java.util.random.RandomGenerator;

/** The name of a process that uses the outbox: when it began, and chance. */
record OwnerId(String value) {
    static final String PATTERN = "[0-9a-z]{13}";
    private static final int CHANCE_DIGITS = 5;

    OwnerId {
        if (!value.matches(PATTERN)) {
            throw new IllegalArgumentException("Not an owner's name: " + value);
        }
    }

    /** @param millis since 1970; eight digits until the year 2059 */
    static OwnerId of(long millis, RandomGenerator random) {
        long space = (long) Math.pow(36, CHANCE_DIGITS);
        String chance = Long.toString(space + random.nextLong(space), 36).substring(1);
        return new OwnerId(Long.toString(millis, 36) + chance);
    }

    @Override
    public String toString() {
        return value;
    }
}
