package comfybucket.doctor;

import comfybucket.error.CloudException;
import comfybucket.error.Problem;
import comfybucket.profile.Address;
import java.util.EnumSet;
import java.util.Set;

/** Whether the bucket is there for these keys: name, network, proxy, TLS, region, credentials, clock, path style. */
final class BucketCheck implements Check {
    /** What a bucket's name in the wrong part of the address looks like, from one store to another. */
    private static final Set<Problem> PERHAPS_PATH_STYLE = EnumSet.of(
            Problem.ENDPOINT_UNREACHABLE,
            Problem.PROXY_FAILED,
            Problem.TLS_FAILED,
            Problem.BUCKET_NOT_FOUND,
            Problem.STORE_REDIRECTS,
            Problem.STORE_REPLY_UNUSABLE,
            Problem.STORE_REFUSED,
            Problem.SIGNATURE_MISMATCH,
            Problem.ENDPOINT_FORBIDDEN,
            Problem.ENDPOINT_PLAIN_HTTP);

    @Override
    public String name() {
        return "bucket";
    }

    @Override
    public boolean isEssential() {
        return true;
    }

    @Override
    public Finding look(Patient patient) {
        String bucket = patient.profile().keys().bucket();
        try {
            patient.store().checkBucket();
            return Finding.good(this, bucket + " answers");
        } catch (CloudException failure) {
            if (failure.problem() == Problem.ACCESS_DENIED) {
                // Keys may write or read without any right to ask about the bucket; each right has its own check.
                return Finding.warning(this, failure.getMessage());
            }
            if (PERHAPS_PATH_STYLE.contains(failure.problem()) && otherStyleWorks(patient)) {
                boolean needed = !patient.profile().address().pathStyle();
                String place = needed ? "path of the address" : "host name";
                return Finding.bad(
                        this,
                        "This store wants the bucket in the " + place + ". Set \"force_path_style\": " + needed
                                + " in the profile.");
            }
            return Finding.bad(this, failure);
        }
    }

    private static boolean otherStyleWorks(Patient patient) {
        Address address = patient.profile().address();
        try {
            patient.open(patient.profile().with(address.withPathStyle(!address.pathStyle())))
                    .store()
                    .checkBucket();
            return true;
        } catch (CloudException worse) {
            return false;
        }
    }
}
