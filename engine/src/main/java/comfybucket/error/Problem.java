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
    PROVIDER_UNKNOWN("Unknown cloud storage provider: {provider}", "Use one of: {providers}."),
    R2_ACCOUNT_MISSING(
            "Cloudflare R2 account id not configured",
            "{shell}, or set account_id or endpoint_url in the profile; Cloudflare's dashboard shows both under R2."),
    ENDPOINT_MISSING(
            "Endpoint of {provider} not configured",
            "{shell}, or set endpoint_url in the profile to the address of the store."),
    ENDPOINT_PLAIN_HTTP(
            "Plain http is not allowed to {host}",
            "Use https, or set \"allow_http\": true in a profile if the whole way to that host is yours."),
    SETTING_NOT_USABLE("{setting} is not usable: {reason}", "Correct it in {place}."),
    PROFILE_NOT_FOUND("Profile not found: {profile}", "Choose {choices}; profiles are read from {profiles_file}."),
    PROFILE_BROKEN("Profile not usable: {profile}", "Correct {profiles_file}, line {line}: {complaint}."),
    PROFILES_FILE_BROKEN("The profiles file has a mistake: {profiles_file}", "Correct line {line}: {complaint}."),
    PROFILES_FILE_NOT_READABLE(
            "The profiles file cannot be read: {profiles_file}",
            "Let the user that runs ComfyUI read it, or name another file with COMFY_S3_PROFILES ({reason})."),
    PROFILES_FILE_NOT_WRITABLE(
            "The profiles file cannot be written: {profiles_file}",
            "Let the user that runs this write there, or name another file with COMFY_S3_PROFILES ({reason})."),
    PROVIDER_OVERRIDE_REFUSED(
            "A node may not turn profile {profile} into {provider}",
            "Choose (from profile) as the node's provider, or make a profile for {provider} in {profiles_file}."),
    BUCKET_OVERRIDE_REFUSED(
            "Profile {profile} does not let nodes choose another bucket",
            "Leave the node's bucket empty, or remove \"allow_bucket_override\": false from the profile in"
                    + " {profiles_file}."),
    PROFILE_READ_ONLY(
            "Profile {profile} is read-only",
            "Save with another profile, or remove \"read_only\": true from it in profiles.json."),
    DEFAULT_CHAIN_NOT_AWS(
            "The credentials of this machine's AWS settings go to AWS only, and profile {profile} is for {provider}",
            "Give the profile an access_key and a secret_key of its own, or provider AWS S3 without an endpoint_url."),
    CA_BUNDLE_NOT_READABLE(
            "The certificates in {path} cannot be read",
            "Name a PEM file that the user running ComfyUI can read as ca_bundle ({reason})."),
    INPUT_NOT_USABLE("Input {input} is not usable: {reason}", "Set it to {allowed}."),

    BUCKET_NOT_FOUND(
            "Bucket not found: {bucket}",
            "Check the bucket's name and the region ({region}) at {endpoint}, and that it belongs to this account."),
    ACCESS_DENIED(
            "Access denied: {action} on {target}",
            "Give the access key the right {right} on bucket {bucket}, or use another key. The store said: {reply}"),
    OBJECT_NOT_FOUND("Object not found: {uri}", "Check the key; the List Bucket Contents node shows what is there."),
    OBJECT_DENIED_OR_MISSING(
            "Access denied: {uri} is not there, or this access key may not read it",
            "Check the key. This store answers a missing object like a forbidden one unless the access key may also"
                    + " list; give it that right (listBuckets and listFiles at Backblaze) to tell them apart."),

    KEY_EMPTY(
            "The key is empty", "Enter a key, as the List Bucket Contents node shows it, or a filename to save under."),
    KEY_NOT_STORABLE("This key cannot be stored: {reason}", "Use another name or a shorter key prefix."),
    KEY_OUTSIDE("The key {key} lies outside of this profile", "Use a key that begins with {space}."),
    OBJECT_CHANGED("The object changed while it was in use: {uri}", "Run the workflow again to use the new version."),
    RANGE_NOT_IN_OBJECT("The object is shorter than expected: {uri}", "Run the workflow again to use the new version."),
    CHECKSUM_MISMATCH(
            "The bytes of {uri} arrived damaged",
            "Nothing of them was used. Try again; if it happens again, look for a proxy that changes downloads, or save"
                    + " the object anew."),
    OBJECT_ARCHIVED(
            "The object is in an archive: {uri}",
            "Restore it in the store's own console, and wait until that is done."),
    OBJECT_TOO_LARGE("The store does not take an object of this size: {uri}", "Save it in smaller pieces."),
    ACCESS_KEY_INVALID(
            "The store at {endpoint} does not know this access key",
            "Check access_key and secret_key, and that they were made for this store. The store said: {reply}"),
    APPLICATION_KEY_NEEDED(
            "The store at {endpoint} does not know this access key",
            "Make an application key for the bucket and set access_key to its keyID; the account's master key is not"
                    + " accepted here. The store said: {reply}"),
    CREDENTIALS_EXPIRED(
            "The temporary credentials are no longer valid",
            "Set access_key, secret_key and session_token anew, all three from one source. The store said: {reply}"),
    CREDENTIALS_NOT_FOUND(
            "No AWS credentials found on this machine",
            "Sign in with AWS's own tools, or set \"credentials\": \"static\" with keys in the profile ({reason})."),
    ROLE_REFUSED(
            "The role {role} cannot be taken on",
            "Check role_arn in the profile, and that the role trusts the credentials of this machine. AWS said: {reply}"),
    SIGNATURE_MISMATCH(
            "The secret key does not belong to the access key",
            "Enter secret_key again, whole and without blanks. If it is right, a proxy changes requests on their way."),
    CLOCK_SKEWED(
            "This computer's clock is {skew}, and the store at {endpoint} refuses signatures with a wrong time",
            "Set the clock, best by time synchronisation."),
    WRONG_REGION(
            "Bucket {bucket} is not in region {region} but in {actual}",
            "Set region to where the bucket is, and leave endpoint_url empty or let it name that region too."),
    ENDPOINT_UNREACHABLE(
            "The store at {endpoint} cannot be reached: {reason}",
            "Check endpoint_url and region, the network, and the proxy settings (HTTPS_PROXY, NO_PROXY)."),
    ENDPOINT_FORBIDDEN(
            "{host} has the address {address}, where no store can be",
            "Check endpoint_url; addresses of this kind belong to a machine's or a cloud's own services."),
    TLS_FAILED(
            "No secure connection to {endpoint}: {reason}",
            "Check endpoint_url; for a certificate authority of your own, name its PEM file as ca_bundle."),
    PROXY_FAILED(
            "The proxy {proxy} does not let us through to {endpoint}: {reason}",
            "Check HTTPS_PROXY with the name and password in it, or name the store's host in NO_PROXY."),
    STORE_SILENT(
            "The store at {endpoint} made no progress for {seconds} seconds",
            "Try again; if it stays so, check the network between here and the store."),
    STORE_BUSY(
            "The store at {endpoint} asks to slow down",
            "Try again in a minute, with fewer transfers at once. The store said: {reply}"),
    STORE_FAILED(
            "The store at {endpoint} failed", "Try again; if it stays so, ask its operator. The store said: {reply}"),
    STORE_FULL(
            "The store at {endpoint} is full", "Remove objects or let its operator add room. The store said: {reply}"),
    STORE_REFUSED(
            "The store refused: {action} on {target}", "Check the settings of the profile. The store said: {reply}"),
    STORE_CANNOT(
            "The store at {endpoint} cannot do this: {action} on {target}",
            "Turn off what needs it, or use another store. The store said: {reply}"),
    STORE_REPLY_UNUSABLE(
            "What {endpoint} answers is not S3: {reason}",
            "Check endpoint_url: it must be the address of the S3 service, not of a web page or console."),
    STORE_REDIRECTS(
            "The store at {endpoint} sends us elsewhere, to {place}",
            "Check endpoint_url and region; we do not follow, because the credentials are meant for one store."),
    UPLOAD_GONE(
            "The store no longer has the unfinished upload of {uri}",
            "Save it again; a lifecycle rule of the bucket or somebody else has removed its parts."),
    LISTING_ENDLESS(
            "The store at {endpoint} does not end its listing of {uri}",
            "It repeats pages; ask its operator, or narrow the prefix."),

    NOTHING_FOUND(
            "No pictures found in {space}: {wanted}",
            "Check the prefix or the pattern; the List Bucket Contents node shows what is there. A prefix takes only keys"
                    + " that end like a picture, such as .png."),
    NOTHING_LOADED("None of {total} pictures could be loaded", "Correct this first: {cause}"),

    OBJECT_EXISTS("The key is taken: {uri}", "Use another filename, or set on_conflict to rename or overwrite."),
    SAVED_IN_PART(
            "Saved {saved} of {total}, then: {cause}",
            "Look at the others with comfy-bucket outbox list; these are in the bucket: {keys}."),

    KEPT_IN_OUTBOX(
            "The file is kept as {path}",
            "Run comfy-bucket outbox retry to send it, or let the next start of ComfyUI do so."),
    OUTBOX_FULL(
            "The outbox in {folder} is full: {used} of {limit}",
            "Wait until its files are in the bucket, and look at them with: comfy-bucket outbox list. Or set outbox_limit"
                    + " in the profile to more."),
    DESTINATION_CHANGED(
            "Profile {profile} now leads to {actual}, and the file was accepted for {wanted}",
            "Let the profile lead there again, or save the file elsewhere with: comfy-bucket outbox export"),
    JOB_NOT_FOUND("No job {job} in the outbox", "Look at them with: comfy-bucket outbox list"),
    JOB_DAMAGED(
            "A file of the outbox is damaged: {path}",
            "It has {actual} of {expected} bytes; save what is left with comfy-bucket outbox export, then remove the job"
                    + " with comfy-bucket outbox cancel."),

    NOT_AN_IMAGE(
            "Not a picture that can be read: {uri}",
            "Check that the object is a whole PNG, JPEG, WebP or other picture; the reader says: {reason}."),
    IMAGE_TOO_LARGE("The picture is too large to be loaded safely: {uri}", "Scale it down; the reader says: {reason}."),
    IMAGE_TOO_LARGE_FOR_FORMAT(
            "A picture of {width} × {height} pixels does not fit into {format}",
            "Scale it down to {limit} pixels a side, or choose another format."),
    NOT_AUDIO(
            "Not a sound that can be read: {uri}",
            "Check that the object is a whole FLAC, MP3, WAV or Opus file; the reader says: {reason}."),
    NOT_A_VIDEO(
            "Not a video that can be read: {uri}",
            "Check that the object is a whole MP4, WebM or MKV file; the reader says: {reason}."),
    CODEC_NOT_READABLE(
            "{codec} cannot be read on this machine: {uri}", "Use an object in another format, such as {choices}."),
    CODEC_NOT_AVAILABLE(
            "{codec} cannot be written into {format} on this machine", "Choose one of these instead: {choices}."),

    MEDIA_NOT_ENCODED(
            "What was to be saved cannot be written as {format}",
            "Choose another format or codec; the encoder says: {reason}."),

    DISK_FULL("No room for {needed} in {folder}", "Free {missing} on that disk, or move the folder to a larger one."),
    FILE_NOT_READABLE("The file cannot be read: {path}", "Check that it is there and may be read ({reason})."),
    FILE_CHANGED(
            "The file changed while it was uploaded: {path}",
            "Nothing was saved. Try again when nothing writes to it."),
    FILE_EXISTS(
            "The file is there already: {path}", "Choose another folder, or say that it may be skipped or replaced."),
    FILE_OUTSIDE(
            "The file lies outside of ComfyUI's own folders: {path}",
            "Save it below ComfyUI's output or temp folder first."),
    FOLDER_NOT_WRITABLE("Nothing can be written to {folder}", "Let the user that runs ComfyUI write there ({reason})."),

    MODEL_CACHE_FULL(
            "No room for a model of {needed} within model_cache_limit ({limit})",
            "Raise model_cache_limit in the profile, or remove .keep files beside models; {staying} of models stay because"
                    + " they are kept or were just used."),
    MODEL_TYPE_UNKNOWN("Unknown model type: {type}", "Use one of: {types}."),
    NOT_A_MODEL("Not a model file: {uri}", "Check what was uploaded under this key; the file {reason}."),
    MODEL_HASH_MISMATCH(
            "The model is not the expected one: {uri}",
            "Correct sha256 or the key; expected {expected}, the object has {actual}."),
    MODEL_NOT_IN_BUCKET(
            "No object is called {name} in {place}",
            "Upload it with comfy-bucket models push, or name the prefix or the bucket where it lies."),
    MODEL_AMBIGUOUS(
            "Several objects are called {name}, and they differ: {keys}",
            "Name the prefix of the right one with --from, or put it below a folder that is called like its type."),
    MODEL_FOLDER_UNKNOWN(
            "It is not known which folder {name} belongs into, which node {node} names",
            "Put the object below a folder that is called like its type, such as models/loras/."),
    MODEL_NAMED_AT_RUN(
            "Node {node} gets its {input} from another node while the workflow runs",
            "Enter it in the node itself, or give that model its own Download Model from Cloud node."),
    PICKLE_REFUSED(
            "The model could run a program when it is loaded, and was refused: {uri}",
            "Use its .safetensors version. Only if you trust who made it, set \"allow_pickle\": true in the profile or"
                    + " COMFY_S3_ALLOW_PICKLE=1; it names {names}."),

    ENGINE_NOT_INSTALLED("The engine of the cloud nodes is not installed", "Run: {pip}  and restart ComfyUI."),
    JAVA_MISSING(
            "No Java 25 for the engine of the cloud nodes",
            "Run: {pip}  (it brings one), or name a Java of your own in COMFY_BUCKET_JAVA, and restart ComfyUI."),
    VERSIONS_DIFFER(
            "The nodes are version {pack}, their engine is version {engine}", "Run: {pip}  and restart ComfyUI."),
    ENGINE_ENDED(
            "The engine of the cloud nodes ended unexpectedly",
            "Run the workflow again, which starts it anew; if that fails too, report the lines in ComfyUI's log."),
    UNFORESEEN(
            "An error that nobody foresaw ({kind})",
            "Run the workflow again; if it comes back, report the lines in ComfyUI's log that begin with {mark}.");

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
