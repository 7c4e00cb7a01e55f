package comfybucket.models.workflow;

import comfybucket.connect.Bucket;
import comfybucket.models.cache.ModelPlace;
import comfybucket.storage.ObjectKey;
import java.nio.file.Path;

/** What has to be done about a model that a workflow needs. */
public sealed interface Step {
    /** Nothing: ComfyUI finds the file. */
    record There(Path file) implements Step {}

    /**
     * The object is fetched, or found to be there unchanged.
     *
     * @param size in bytes
     */
    record Fetch(Bucket bucket, ObjectKey key, ModelPlace place, long size) implements Step {
        /** What the file is called. */
        public String fileName() {
            return key.value().substring(key.value().lastIndexOf('/') + 1);
        }
    }
}
