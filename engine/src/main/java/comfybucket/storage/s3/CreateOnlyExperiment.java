package comfybucket.storage.s3;

import comfybucket.storage.MultipartUpload;
import comfybucket.storage.ObjectKey;
import comfybucket.storage.Part;
import comfybucket.storage.Payload;
import comfybucket.storage.PutOptions;
import comfybucket.storage.PutResult;
import comfybucket.storage.WriteMode;
import java.util.List;

/**
 * Some stores ignore the condition in silence and replace the object, so nothing but a real second write that is refused
 * shows that they heed it; and some heed it for whole objects, and not where an upload in parts is completed.
 */
final class CreateOnlyExperiment implements Experiment {
    @Override
    public boolean works(Laboratory laboratory) {
        ObjectKey key = laboratory.key("created-once");
        S3Store store = laboratory.store();
        boolean created = store.put(key, Laboratory.content(), PutOptions.CREATE_ONLY) instanceof PutResult.Stored;
        return created
                && store.put(key, Payload.of(new byte[1]), PutOptions.CREATE_ONLY) instanceof PutResult.Exists
                && isRefusedInParts(key, laboratory)
                && store.head(key).size() == Laboratory.content().length();
    }

    private static boolean isRefusedInParts(ObjectKey key, Laboratory laboratory) {
        S3Store store = laboratory.store();
        MultipartUpload upload = laboratory.begun(store.multipart().create(key, PutOptions.REPLACE));
        Part part = store.multipart().upload(upload, 1, Payload.of(new byte[2]));
        return store.multipart().complete(upload, List.of(part), WriteMode.CREATE_ONLY) instanceof PutResult.Exists;
    }
}
