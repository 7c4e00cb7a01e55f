package comfybucket.store.disk;

import comfybucket.store.disk.SegmentNames.Kind;
import java.nio.file.Path;
import java.util.Optional;

/** An object or a folder as it stands in its parent folder. Remembers its ETag as long as the file is the same. */
final class ListedItem implements Listed {
    private final String token;
    private final Path path;
    private final Kind kind;
    private final boolean ours;
    private volatile Known known;

    private record Known(Identity identity, String etag, String storageClass) {}

    /**
     * @param token what it adds to the key: its segment, for a folder with a {@code /} behind it
     * @param ours whether it has the name that we would give it
     */
    ListedItem(String token, Path path, Kind kind, boolean ours) {
        this.token = token;
        this.path = path;
        this.kind = kind;
        this.ours = ours;
    }

    @Override
    public String token() {
        return token;
    }

    Path path() {
        return path;
    }

    boolean isFolder() {
        return kind == Kind.FOLDER;
    }

    boolean ours() {
        return ours;
    }

    /** Whether another one, null for none, stands for the same. */
    boolean isSame(ListedItem other) {
        return other != null && kind == other.kind && ours == other.ours && path.equals(other.path);
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
