package comfybucket.storage.s3;

import comfybucket.storage.MultipartUpload;
import comfybucket.storage.ObjectKey;
import comfybucket.storage.Part;
import comfybucket.storage.Payload;
import comfybucket.storage.PutOptions;
import comfybucket.storage.PutResult;
import comfybucket.storage.WriteMode;
import java.util.List;

/** Some stores heed the condition for an object that comes whole, and not where an upload in parts is completed. */
final class CreateOnlyInPartsExperiment implements Experiment {
    @Override
    public boolean works(Laboratory laboratory) {
        ObjectKey key = laboratory.key("completed-once");
        S3Store store = laboratory.store();
        store.put(key, Laboratory.content(), PutOptions.REPLACE);
        MultipartUpload upload = laboratory.begun(store.multipart().create(key, PutOptions.REPLACE));
        Part part = store.multipart().upload(upload, 1, Payload.of(new byte[1]));
        return store.multipart().complete(upload, List.of(part), WriteMode.CREATE_ONLY) instanceof PutResult.Exists
                && store.head(key).size() == Laboratory.content().length();
    }
}
