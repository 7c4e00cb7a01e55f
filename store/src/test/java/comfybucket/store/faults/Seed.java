package comfybucket.store.faults;

import java.util.Random;

/**
 * What all chance of a test comes from, so that a failure can be played again. At each commit the seed is always the
 * same; a long run ({@code -Dlong}) draws a new one; {@code -Dseed=<number>} gives it.
 */
public final class Seed {
    private static final long EVERY_COMMIT = 20_260_101;

    private Seed() {}

    /** Something that may fail. */
    public interface Play {
        void run(long seed) throws Exception;
    }

    /** Runs it; a failure says how to play it again. */
    public static void play(Play play) throws Exception {
        long seed = choose();
        try {
            play.run(seed);
        } catch (Exception | AssertionError failure) {
            throw new AssertionError("Play it again with -Dseed=" + seed + ": " + failure.getMessage(), failure);
        }
    }

    /** Chance for one piece of a test that does not depend on what other pieces, perhaps of other threads, have drawn. */
    public static Random random(long seed, long piece) {
        return new Random(new Random(seed).nextLong() ^ (piece * 0x9e3779b97f4a7c15L));
    }

    private static long choose() {
        String given = System.getProperty("seed", "");
        if (!given.isEmpty()) {
            return Long.parseLong(given);
        }
        return System.getProperty("long") == null ? EVERY_COMMIT : System.nanoTime() & 0x7fff_ffffL;
    }
}
