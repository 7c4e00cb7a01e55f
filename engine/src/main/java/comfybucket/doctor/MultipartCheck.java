package comfybucket.doctor;

import comfybucket.error.CloudException;
import comfybucket.error.Problem;
import comfybucket.storage.MultipartUpload;
import comfybucket.storage.MultipartUploads;
import comfybucket.storage.ObjectKey;
import comfybucket.storage.Part;
import comfybucket.storage.Payload;
import comfybucket.storage.PutOptions;
import comfybucket.storage.WriteMode;
import java.util.List;

/** Whether large files can be uploaded in parts: the smallest upload that has two. */
final class MultipartCheck implements Check {
    private static final int SMALLEST_PART = 5 << 20;

    @Override
    public String name() {
        return "multipart";
    }

    @Override
    public boolean needsObject() {
        return true;
    }

    /** @throws CloudException {@link Problem#STORE_CANNOT} and others; {@link Patient#close} aborts what was begun */
    @Override
    public Finding look(Patient patient) {
        MultipartUploads uploads = patient.store().multipart();
        ObjectKey key = patient.key("in-parts");
        MultipartUpload upload = uploads.create(key, PutOptions.REPLACE);
        Part first = uploads.upload(upload, 1, Payload.of(new byte[SMALLEST_PART]));
        Part second = uploads.upload(upload, 2, Payload.of(new byte[1]));
        uploads.complete(upload, List.of(first, second), WriteMode.REPLACE);
        long size = patient.store().head(key).size();
        return size == SMALLEST_PART + 1
                ? Finding.good(this, "two parts became one object")
                : Finding.bad(
                        this, "Two parts became an object of " + size + " bytes. Report this to the store's operator.");
    }
}
