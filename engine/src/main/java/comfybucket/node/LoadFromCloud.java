package comfybucket.node;

import comfybucket.connect.Bucket;
import comfybucket.connect.Buckets;
import comfybucket.media.cache.MediaCache;
import comfybucket.storage.ObjectKey;
import java.util.List;

/**
 * Brings one object onto this machine, as it is in the bucket. The nodes that load a picture, a sound or a video differ
 * only in what the pack makes of the file.
 */
final class LoadFromCloud implements Node.Reader<OneObject> {
    private final String id;
    private final Buckets buckets;
    private final MediaCache cache;

    LoadFromCloud(String id, Buckets buckets, MediaCache cache) {
        this.id = id;
        this.buckets = buckets;
        this.cache = cache;
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public Class<OneObject> inputs() {
        return OneObject.class;
    }

    @Override
    public NodeResult run(OneObject inputs, RunContext context) {
        Bucket bucket = buckets.open(inputs.profile());
        ObjectKey key = bucket.keys().resolve(inputs.key());
        MediaCache.Loaded loaded = cache.newest(bucket, key, context.progress()::update);
        LoadedFile file = new LoadedFile(loaded.file(), bucket.keys().uri(key));
        return NodeResult.loaded(List.of(file), bucket.identity(loaded.object()), Ui.NONE);
    }

    @Override
    public String identity(OneObject inputs) {
        Bucket bucket = buckets.open(inputs.profile());
        return bucket.identity(bucket.store().head(bucket.keys().resolve(inputs.key())));
    }
}
