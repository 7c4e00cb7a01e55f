package comfybucket.store.faults;

import java.time.Duration;

/**
 * What is done to the bytes of every connection, whatever they mean: the eight of toxiproxy.
 *
 * @see <a href="https://github.com/Shopify/toxiproxy#toxics">Toxics of toxiproxy</a>
 */
public sealed interface Toxic {
    /** Everything comes later. */
    record Latency(Duration delay) implements Toxic {}

    record Bandwidth(int bytesPerSecond) implements Toxic {}

    /** The end of the connection comes later. */
    record SlowClose(Duration delay) implements Toxic {}

    /** Nothing gets through, and after a time the connection is closed. */
    record Timeout(Duration after) implements Toxic {}

    /** The connection is reset after a time. */
    record ResetPeer(Duration after) implements Toxic {}

    /** Everything comes in small pieces with a pause between them. */
    record Slicer(int bytes, Duration pause) implements Toxic {}

    /** The connection is closed after so many bytes. */
    record LimitData(int bytes) implements Toxic {}

    /** Connections are refused. */
    record Down() implements Toxic {}
}
