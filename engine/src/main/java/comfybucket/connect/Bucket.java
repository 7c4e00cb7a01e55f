package comfybucket.connect;

import comfybucket.error.CloudException;
import comfybucket.error.Problem;
import comfybucket.profile.Profile;
import comfybucket.storage.KeySpace;
import comfybucket.storage.ObjectInfo;
import comfybucket.storage.ObjectKey;
import comfybucket.storage.ObjectStore;
import comfybucket.storage.ObjectSummary;
import comfybucket.storage.PresignOptions;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

/**
 * A bucket that is ready for use.
 *
 * @param store the connection, shared with everybody who uses the same settings; not the holder's to close
 * @param links the same bucket under the address that links should have
 */
public record Bucket(Profile profile, ObjectStore store, ObjectStore links) {
    /** Between the keys that users see and the names of objects. */
    public KeySpace keys() {
        return profile.keys();
    }

    /** Whether there is an object of that name now. */
    public boolean has(ObjectKey key) {
        try {
            store.head(key);
            return true;
        } catch (CloudException failed) {
            if (failed.problem() == Problem.OBJECT_NOT_FOUND) {
                return false;
            }
            throw failed;
        }
    }

    /** A text that is the same as long as the object is the same version in the same place. */
    public String identity(ObjectInfo object) {
        return String.join(
                "\n",
                profile.endpointName(),
                keys().uri(object.key()),
                object.etag().value(),
                object.versionId().orElse(""),
                Long.toString(object.size()),
                object.lastModified().toString());
    }

    /** Like {@link #identity(ObjectInfo)} by what a listing says; the two are not to be compared with each other. */
    public String identity(ObjectSummary object) {
        return String.join(
                "\n",
                profile.endpointName(),
                keys().uri(object.key()),
                object.etag().value(),
                Long.toString(object.size()),
                object.lastModified().toString());
    }

    /**
     * A link for people without an account: below the profile's {@code public_base_url} where it has one, since that
     * never expires; else presigned. A download name needs a presigned one.
     */
    public String link(ObjectKey key, Duration validity, Optional<String> downloadName) {
        if (downloadName.isEmpty() && profile.publicBaseUrl().isPresent()) {
            return publicLink(profile.publicBaseUrl().get(), key);
        }
        return links.presignGet(key, new PresignOptions(validity, downloadName)).toString();
    }

    private static String publicLink(URI base, ObjectKey key) {
        String path = URLEncoder.encode(key.value(), StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("%2F", "/");
        String start = base.toString();
        return start.endsWith("/") ? start + path : start + "/" + path;
    }
}
