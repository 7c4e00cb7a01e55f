package comfybucket.naming;

import java.util.OptionalInt;

/**
 * What is being saved, as far as names can tell of it.
 *
 * @param size how many files
 * @param width of the pictures or the video in pixels; empty for what has none
 * @param height of the pictures or the video in pixels; empty for what has none
 * @param widgets the values of the workflow's other nodes
 */
public record Batch(int size, OptionalInt width, OptionalInt height, Widgets widgets) {
    public Batch {
        if (size < 1) {
            throw new IllegalArgumentException("A batch of " + size);
        }
    }
}
