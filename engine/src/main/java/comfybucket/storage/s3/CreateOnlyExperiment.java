package comfybucket.storage.s3;

import comfybucket.storage.ObjectKey;
import comfybucket.storage.Payload;
import comfybucket.storage.PutOptions;
import comfybucket.storage.PutResult;

/**
 * Some stores ignore the condition in silence and replace the object, so nothing but a real second write that is refused
 * shows that they heed it.
 */
final class CreateOnlyExperiment implements Experiment {
    @Override
    public boolean works(Laboratory laboratory) {
        ObjectKey key = laboratory.key("created-once");
        S3Store store = laboratory.store();
        boolean created = store.put(key, Laboratory.content(), PutOptions.CREATE_ONLY) instanceof PutResult.Stored;
        return created
                && store.put(key, Payload.of(new byte[1]), PutOptions.CREATE_ONLY) instanceof PutResult.Exists
                && store.head(key).size() == Laboratory.content().length();
    }
}
