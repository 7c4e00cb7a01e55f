package comfybucket.store.faults;

import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/** Feeds a parser with damaged inputs: each is refused or understood, and soon. */
public final class Fuzz {
    private static final Duration LONGEST = Duration.ofSeconds(1);
    /** How often what took too long is tried again, because the machine may have been busy with something else. */
    private static final int SECOND_LOOKS = 3;

    private Fuzz() {}

    /** How many at each commit; a hundred times as many in a long run. */
    public static int executions(int everyCommit) {
        return System.getProperty("long") == null ? everyCommit : 100 * everyCommit;
    }

    /** What is tried. */
    public interface Parser {
        /** Reads an input; throws only what it must not throw. */
        void parse(byte[] input) throws Exception;
    }

    /**
     * Fails at the first input that is not taken well, and shows it.
     *
     * @param examples good inputs, not empty
     * @param words what such inputs are made of, beside what undoes every parser
     */
    public static void run(long seed, int executions, List<byte[]> examples, List<byte[]> words, Parser parser) {
        List<byte[]> all =
                Stream.concat(words.stream(), Mutations.words().stream()).toList();
        for (int execution = 0; execution < executions; execution++) {
            byte[] input = new Mutations(Seed.random(seed, execution), examples, all).next();
            Duration took = time(input, parser, execution);
            for (int look = 0; took.compareTo(LONGEST) > 0 && look < SECOND_LOOKS; look++) {
                took = time(input, parser, execution);
            }
            if (took.compareTo(LONGEST) > 0) {
                throw new AssertionError("Input " + execution + " takes " + took + ": " + shown(input));
            }
        }
    }

    private static Duration time(byte[] input, Parser parser, int execution) {
        long start = System.nanoTime();
        try {
            parser.parse(input);
        } catch (Exception | StackOverflowError | OutOfMemoryError | AssertionError crash) {
            throw new AssertionError("Input " + execution + " brings " + crash + ": " + shown(input), crash);
        }
        return Duration.ofNanos(System.nanoTime() - start);
    }

    private static String shown(byte[] input) {
        return HexFormat.of().formatHex(input, 0, Math.min(input.length, 4_000));
    }
}
