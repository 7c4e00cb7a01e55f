package comfybucket.doctor;

import comfybucket.error.CloudException;
import comfybucket.storage.ObjectKey;
import comfybucket.storage.ObjectStore;
import comfybucket.storage.Payload;
import comfybucket.storage.PutOptions;
import comfybucket.storage.PutResult;

/** Whether a write can be made to replace nothing: by a real second write, since some stores ignore the condition. */
final class CreateOnlyCheck implements Check {
    @Override
    public String name() {
        return "create-only";
    }

    @Override
    public boolean needsObject() {
        return true;
    }

    @Override
    public Finding look(Patient patient) {
        if (!patient.store().capabilities().createOnly()) {
            return Finding.good(
                    this, "the store cannot; names of saved files always get a suffix, so nothing is replaced");
        }
        return works(patient.store(), patient.key("created-once"))
                ? Finding.good(this, "a second write of one key was refused")
                : Finding.bad(
                        this,
                        "The store replaces an object that was to be created only if missing, so two writers can replace"
                                + " each other's files. Set \"provider\": \"Custom\" with its endpoint_url, where it is"
                                + " found out first whether that can be relied on.");
    }

    private static boolean works(ObjectStore store, ObjectKey key) {
        Payload content = Payload.of(WriteCheck.content());
        try {
            boolean first = store.put(key, content, PutOptions.CREATE_ONLY) instanceof PutResult.Stored;
            return first && store.put(key, content, PutOptions.CREATE_ONLY) instanceof PutResult.Exists;
        } catch (CloudException refused) {
            return false;
        }
    }
}
