package comfybucket.error;

import java.util.Locale;

/**
 * Everything that can go wrong for a user: what happened and what to do, in the user's words. {@code {name}} stands for
 * a value that {@link CloudException} fills in. The beginnings of the first six texts are quoted by users' scripts and
 * must not change.
 */
public enum Problem {
    ACCESS_KEY_MISSING(
            "Cloud storage access key not configured",
            "{shell}, or create a profile in {profiles_file}, or connect a Cloud Storage Profile node."),
    SECRET_KEY_MISSING(
            "Cloud storage secret key not configured",
            "{shell}, or create a profile in {profiles_file}, or connect a Cloud Storage Profile node."),
    BUCKET_MISSING(
            "Cloud storage bucket not configured",
            "{shell}, or set bucket in the profile or on the Cloud Storage Profile node."),
    BUCKET_NOT_FOUND(
            "Bucket not found: {bucket}",
            "Check the bucket's name and the region ({region}) at {endpoint}, and that it belongs to this account."),
    ACCESS_DENIED(
            "Access denied: {action} on {target}",
            "Give the access key the right {right} on bucket {bucket}, or use another key. The store said: {reply}"),
    OBJECT_NOT_FOUND("Object not found: {uri}", "Check the key; the List Bucket Contents node shows what is there."),

    KEY_EMPTY("The key is empty", "Enter the key of an object, as the List Bucket Contents node shows it."),
    KEY_NOT_STORABLE("This key cannot be stored: {reason}", "Use another name or a shorter key prefix."),
    KEY_OUTSIDE("The key {key} lies outside of this profile", "Keys of this profile begin with {space}."),
    OBJECT_CHANGED("The object changed while it was in use: {uri}", "Run the workflow again to use the new version."),
    RANGE_NOT_IN_OBJECT("The object is shorter than expected: {uri}", "Run the workflow again to use the new version."),
    CHECKSUM_MISMATCH(
            "The bytes of {uri} arrived damaged",
            "Nothing of them was used. Try again; if it happens again, look for a proxy that changes downloads, or save"
                    + " the object anew."),
    LISTING_ENDLESS(
            "The store at {endpoint} does not end its listing of {uri}",
            "It repeats pages; ask its operator, or narrow the prefix.");

    private final String happened;
    private final String remedy;

    Problem(String happened, String remedy) {
        this.happened = happened;
        this.remedy = remedy;
    }

    /** The stable name that scripts may test for, such as {@code object_not_found}. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    String happened() {
        return happened;
    }

    String remedy() {
        return remedy;
    }
}
