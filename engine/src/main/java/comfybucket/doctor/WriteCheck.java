package comfybucket.doctor;

import comfybucket.storage.ObjectKey;
import comfybucket.storage.Payload;
import comfybucket.storage.PutOptions;
import java.nio.charset.StandardCharsets;

/** Whether an object can be saved, with what the profile says about everything that is saved. */
final class WriteCheck implements Check {
    private static final byte[] CONTENT =
            "Written by comfy-bucket doctor, which removes it again.\n".getBytes(StandardCharsets.UTF_8);

    static byte[] content() {
        return CONTENT.clone();
    }

    @Override
    public String name() {
        return "write";
    }

    @Override
    public Finding look(Patient patient) {
        if (patient.profile().readOnly()) {
            return Finding.skipped(this, "The profile is read-only.");
        }
        ObjectKey key = patient.key("object");
        PutOptions options = patient.profile()
                .saving()
                .options(PutOptions.REPLACE, patient.store().capabilities());
        patient.store().put(key, Payload.of(content()), options);
        patient.wrote(key);
        return Finding.good(this, "objects can be saved");
    }
}
