package comfybucket.browse;

import comfybucket.connect.Bucket;
import comfybucket.storage.KeyPrefix;
import comfybucket.storage.KeySpace;
import comfybucket.storage.ListPage;
import comfybucket.storage.ListRequest;
import comfybucket.storage.ObjectSummary;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Which objects an argument means. */
public sealed interface Selection {
    /** The object of that name. */
    record One(String key) implements Selection {}

    /** Every object whose key begins so. */
    record Below(String prefix) implements Selection {}

    /** Every object whose key matches. */
    record Matching(String pattern) implements Selection {}

    /** A folder where it ends in {@code /} or is empty, a pattern where it has a character of patterns, else a key. */
    static Selection of(String argument, boolean literal) {
        if (argument.isEmpty() || argument.endsWith("/")) {
            return new Below(argument);
        }
        return !literal && Glob.isOne(argument) ? new Matching(argument) : new One(argument);
    }

    /** Finds them while they are read; of one key it is known that it is there. */
    default Stream<ObjectSummary> find(Bucket bucket) {
        return switch (this) {
            case One(String key) ->
                Stream.of(bucket.store().head(bucket.keys().resolve(key)).summary());
            case Below(String prefix) -> list(bucket, bucket.keys().resolvePrefix(prefix));
            case Matching(String pattern) -> matching(bucket, pattern);
        };
    }

    /**
     * Where the part of a key begins that says which object of the selection it is: what stands before is the same for
     * all, up to a {@code /}.
     */
    default int folderLength(KeySpace keys) {
        String beginning = switch (this) {
            case One(String key) -> keys.resolve(key).value();
            case Below(String prefix) -> keys.resolvePrefix(prefix).value();
            case Matching(String pattern) ->
                keys.resolvePrefix(Glob.of(pattern).beginning()).value();
        };
        return Math.max(beginning.lastIndexOf('/') + 1, keys.prefix().value().length());
    }

    private static Stream<ObjectSummary> matching(Bucket bucket, String pattern) {
        KeySpace keys = bucket.keys();
        boolean full = pattern.startsWith("s3://");
        Glob glob = Glob.of(full ? pattern : pattern.replaceFirst("^/+", ""));
        int prefix = keys.prefix().value().length();
        return list(bucket, keys.resolvePrefix(glob.beginning()))
                .filter(object -> glob.matches(
                        full ? keys.uri(object.key()) : object.key().value().substring(prefix)));
    }

    private static Stream<ObjectSummary> list(Bucket bucket, KeyPrefix prefix) {
        Iterable<ListPage> pages = bucket.store().list(ListRequest.all(prefix));
        return StreamSupport.stream(pages.spliterator(), false).flatMap(page -> page.objects().stream());
    }
}
