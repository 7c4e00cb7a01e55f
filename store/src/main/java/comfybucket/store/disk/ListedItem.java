package comfybucket.store.disk;

import comfybucket.store.disk.SegmentNames.Kind;
import java.nio.file.Path;
import java.util.Optional;

/** An object or a folder as it stands in its parent folder. Remembers its ETag as long as the file is the same. */
final class ListedItem {
    private final String token;
    private final Path path;
    private final Kind kind;
    private volatile Known known;

    private record Known(Identity identity, String etag, String storageClass) {}

    /** @param token what it adds to the key: its segment, for a folder with a {@code /} behind it */
    ListedItem(String token, Path path, Kind kind) {
        this.token = token;
        this.path = path;
        this.kind = kind;
    }

    String token() {
        return token;
    }

    Path path() {
        return path;
    }

    Kind kind() {
        return kind;
    }

    /** The object as it is now; empty when it is gone. */
    Optional<ListedObject> read(Sidecars sidecars, String bucket, String key) throws java.io.IOException {
        Optional<Identity> identity = Identity.at(path);
        if (identity.isEmpty()) {
            return Optional.empty();
        }
        Known now = known;
        if (now == null || !now.identity().equals(identity.get())) {
            Optional<ObjectMeta> meta = sidecars.read(bucket, key, identity.get());
            if (meta.isEmpty() && !Identity.at(path).equals(identity)) {
                return read(sidecars, bucket, key); // replaced between the two looks, and its sidecar with it
            }
            ObjectMeta found = meta.orElseGet(() -> Sidecars.assumed(key, identity.get()));
            now = new Known(
                    identity.get(), found.etag(), found.headers().getOrDefault("x-amz-storage-class", "STANDARD"));
            known = now;
        }
        return Optional.of(
                new ListedObject(key, now.identity().size(), now.identity().time(), now.etag(), now.storageClass()));
    }
}
