package comfybucket.storage.s3;

import comfybucket.error.CloudException;
import comfybucket.error.Problem;
import comfybucket.provider.Quirk;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Whether a store wants its bucket in the path of an address or in the host name. Where that is not known, it is asked for
 * the bucket in the path, as most take it, and by host name only when it does not know what is meant.
 */
final class AddressStyle {
    /** What a bucket's name in the wrong part of the address looks like, from one store to another. */
    private static final Set<Problem> PERHAPS_THE_STYLE = EnumSet.of(
            Problem.BUCKET_NOT_FOUND,
            Problem.STORE_REDIRECTS,
            Problem.STORE_REPLY_UNUSABLE,
            Problem.STORE_REFUSED,
            Problem.STORE_CANNOT,
            Problem.SIGNATURE_MISMATCH);

    private final S3Connection connection;
    private final Traits traits;
    private final Supplier<S3Store> byPath;
    private final Supplier<S3Store> byHost;

    /**
     * @param byPath opens a store of which nothing is asked but whether the bucket is there
     * @param byHost the same; a name that nobody knows is no reason to try twice
     */
    AddressStyle(S3Connection connection, Traits traits, Supplier<S3Store> byPath, Supplier<S3Store> byHost) {
        this.connection = connection;
        this.traits = traits;
        this.byPath = byPath;
        this.byHost = byHost;
    }

    /**
     * The connection with the style that works.
     *
     * @throws CloudException when neither can be told to
     */
    S3Connection found() {
        if (traits.isOpen(Quirk.VIRTUAL_HOST_STYLE)) {
            traits.found(Quirk.VIRTUAL_HOST_STYLE, !pathWorks());
        }
        return connection.withPathStyle(!traits.has(Quirk.VIRTUAL_HOST_STYLE));
    }

    private boolean pathWorks() {
        try (S3Store path = byPath.get()) {
            path.checkBucket();
            return true;
        } catch (CloudException failure) {
            if (failure.problem() == Problem.ACCESS_DENIED) {
                // A key may write without the right to ask about the bucket; the store knew which one was meant.
                return true;
            }
            if (!PERHAPS_THE_STYLE.contains(failure.problem()) || !hostWorks()) {
                throw failure;
            }
            return false;
        }
    }

    private boolean hostWorks() {
        if (AddressGuard.isAddress(connection.endpoint().getHost())) {
            return false;
        }
        try (S3Store host = byHost.get()) {
            host.checkBucket();
            return true;
        } catch (CloudException neither) {
            return false;
        }
    }
}
