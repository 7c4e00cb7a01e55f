package comfybucket.doctor;

import comfybucket.error.CloudException;
import comfybucket.profile.Address;
import comfybucket.provider.Quirk;
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
        boolean trusted = patient.store().capabilities().createOnly();
        boolean works = works(trusted ? patient.store() : trusting(patient), patient.key("created-once"));
        if (works) {
            return Finding.good(
                    this,
                    trusted
                            ? "a second write of one key was refused"
                            : "works, but is not relied on at this provider: names of saved files always get a suffix");
        }
        return trusted
                ? Finding.bad(
                        this,
                        "The store replaces an object that was to be created only if missing, so two writers can replace"
                                + " each other's files. Set \"provider\": \"Custom\" with its endpoint_url, which does not"
                                + " rely on it.")
                : Finding.good(
                        this, "the store cannot; names of saved files always get a suffix, so nothing is replaced");
    }

    private static ObjectStore trusting(Patient patient) {
        Address address = patient.profile().address();
        Address trusting = address.withProvider(address.provider().without(Quirk.CONDITIONAL_WRITE_UNVERIFIED));
        return patient.open(patient.profile().with(trusting)).store();
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
