package comfybucket.doctor;

import comfybucket.error.CloudException;
import comfybucket.storage.Payload;
import comfybucket.storage.PutOptions;
import java.util.Map;

/** Whether objects can have tags, which only default_tags need. */
final class TagsCheck implements Check {
    @Override
    public String name() {
        return "tags";
    }

    @Override
    public boolean needsObject() {
        return true;
    }

    @Override
    public Finding look(Patient patient) {
        if (!patient.store().capabilities().tags()) {
            return patient.profile().saving().tags().isEmpty()
                    ? Finding.good(this, "none are sent")
                    : Finding.warning(
                            this,
                            "The default_tags of the profile are not sent, because this store has no tags, or does not"
                                    + " let these keys find that out. Leave default_tags empty.");
        }
        try {
            patient.store()
                    .put(
                            patient.key("tagged"),
                            Payload.of(WriteCheck.content()),
                            PutOptions.REPLACE.withTags(Map.of("comfy-bucket", "doctor")));
            return Finding.good(this, "an object was saved with a tag");
        } catch (CloudException refused) {
            return Finding.warning(this, "Leave default_tags empty: " + refused.getMessage());
        }
    }
}
