package comfybucket.doctor;

import comfybucket.error.CloudException;

/** Whether objects can be removed; nodes never do, rm and the bucket browser do. */
final class DeleteCheck implements Check {
    @Override
    public String name() {
        return "delete";
    }

    @Override
    public boolean needsObject() {
        return true;
    }

    @Override
    public Finding look(Patient patient) {
        try {
            patient.store().delete(patient.object().orElseThrow());
            return Finding.good(this, "objects can be removed");
        } catch (CloudException refused) {
            return Finding.warning(this, "What was written stays in " + patient.folder() + ". " + refused.getMessage());
        }
    }
}
