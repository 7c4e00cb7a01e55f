package comfybucket.store;

import comfybucket.store.http.Handler;
import comfybucket.store.http.HttpLimits;
import java.util.Objects;
import java.util.function.UnaryOperator;

/**
 * How a store is run.
 *
 * @param bucket the bucket that is there from the start
 * @param force whether an object is forced to disk before its write is acknowledged; without it a crash of the machine
 *     (not of the process) can lose what was just written
 * @param limits what one client may take
 * @param front what stands in front of the store's own request handling; the identity for nothing
 */
public record StoreOptions(String bucket, boolean force, HttpLimits limits, UnaryOperator<Handler> front) {
    public static final String DEFAULT_BUCKET = "comfyui";

    public StoreOptions {
        Objects.requireNonNull(bucket);
        Objects.requireNonNull(limits);
        Objects.requireNonNull(front);
    }

    public static StoreOptions defaults() {
        return new StoreOptions(DEFAULT_BUCKET, true, HttpLimits.DEFAULT, UnaryOperator.identity());
    }

    public StoreOptions withBucket(String newBucket) {
        return new StoreOptions(newBucket, force, limits, front);
    }

    public StoreOptions withForce(boolean newForce) {
        return new StoreOptions(bucket, newForce, limits, front);
    }

    public StoreOptions withLimits(HttpLimits newLimits) {
        return new StoreOptions(bucket, force, newLimits, front);
    }

    public StoreOptions withFront(UnaryOperator<Handler> newFront) {
        return new StoreOptions(bucket, force, limits, newFront);
    }
}
