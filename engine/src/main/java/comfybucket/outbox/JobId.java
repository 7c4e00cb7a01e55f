package comfybucket.outbox;

/**
 * The name of a job, unique in its outbox. It begins with the name of the process that accepted the job, and jobs of one
 * process sort by when they were accepted.
 */
public record JobId(String value) implements Comparable<JobId> {
    static final String PATTERN = OwnerId.PATTERN + "-[0-9a-z]+";
    private static final int DIGITS = 6;

    public JobId {
        if (!value.matches(PATTERN)) {
            throw new IllegalArgumentException("Not a job's name: " + value);
        }
    }

    static JobId of(OwnerId creator, long number) {
        String digits = Long.toString(number, 36);
        return new JobId(creator.value() + "-" + "0".repeat(Math.max(0, DIGITS - digits.length())) + digits);
    }

    /** Who accepted it; by now another may own it. */
    OwnerId creator() {
        return new OwnerId(value.substring(0, value.indexOf('-')));
    }

    @Override
    public int compareTo(JobId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
