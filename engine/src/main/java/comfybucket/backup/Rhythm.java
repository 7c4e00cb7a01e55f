package comfybucket.backup;

import java.time.Duration;

/**
 * When is looked.
 *
 * @param settle how long a file must stay the same before it counts as finished
 * @param rescan how long nothing is looked through while nothing is known to have changed
 */
record Rhythm(Duration settle, Duration rescan) {
    static final Rhythm USUAL = new Rhythm(Duration.ofSeconds(4), Duration.ofSeconds(30));
}
