package comfybucket.doctor;

import comfybucket.connect.Bucket;
import comfybucket.error.CloudException;
import comfybucket.profile.Address;
import comfybucket.provider.Provider;
import comfybucket.storage.GetOptions;
import comfybucket.storage.ObjectContent;
import comfybucket.storage.ObjectKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Optional;

/** Whether what was saved comes back byte for byte, and whether the store can bear to be asked for checksums. */
final class ReadCheck implements Check {
    @Override
    public String name() {
        return "read";
    }

    @Override
    public boolean needsObject() {
        return true;
    }

    @Override
    public Finding look(Patient patient) {
        ObjectKey key = patient.object().orElseThrow();
        try {
            return comesBack(patient.bucket(), key)
                    ? Finding.good(this, "what was saved comes back byte for byte")
                    : Finding.bad(
                            this, "Other bytes come back than were saved. Look for a proxy that changes downloads.");
        } catch (CloudException failure) {
            return withoutChecksums(patient, key).orElseThrow(() -> failure);
        }
    }

    private Optional<Finding> withoutChecksums(Patient patient, ObjectKey key) {
        Address address = patient.profile().address();
        Provider careful = Provider.named("Custom");
        boolean helps = !address.provider().equals(careful)
                && works(patient.open(patient.profile().with(address.withProvider(careful))), key);
        return helps
                ? Optional.of(
                        Finding.bad(
                                this,
                                "This store refuses to be asked for checksums. Set \"provider\": \"" + careful.name()
                                        + "\" in the profile and keep endpoint_url: then it is found out what the store can do."))
                : Optional.empty();
    }

    private static boolean works(Bucket bucket, ObjectKey key) {
        try {
            return comesBack(bucket, key);
        } catch (CloudException also) {
            return false;
        }
    }

    private static boolean comesBack(Bucket bucket, ObjectKey key) {
        try (ObjectContent content = bucket.store().get(key, GetOptions.WHOLE)) {
            return Arrays.equals(content.bytes().readAllBytes(), WriteCheck.content());
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }
}
