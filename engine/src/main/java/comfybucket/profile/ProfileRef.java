package comfybucket.profile;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.TypeAdapter;
import com.google.gson.annotations.JsonAdapter;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonWriter;
import comfybucket.error.CloudException;
import comfybucket.error.Problem;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/**
 * What travels from the Cloud Storage Profile node to the others, and may be seen by anybody: the name of a profile and
 * what a node chose instead of its settings. Never a secret, never an address.
 *
 * @param profile empty for the default: what {@code COMFY_S3_PROFILE} names, or else the environment alone
 */
@JsonAdapter(value = ProfileRef.Wire.class, nullSafe = false)
public record ProfileRef(
        Optional<String> profile, Optional<String> provider, Optional<String> bucket, Optional<String> pathPrefix) {
    /** Shown in place of a profile's name for the environment. */
    public static final String ENVIRONMENT = "(env vars)";

    /** Shown in place of a choice that is left to the profile. */
    public static final String FROM_PROFILE = "(from profile)";

    /** What a node without a linked profile uses. */
    public static final ProfileRef DEFAULT = new ProfileRef("", "", "", "");

    public ProfileRef {
        profile = profile.map(String::strip).filter(name -> !name.isEmpty() && !name.equals(ENVIRONMENT));
        provider = provider.map(String::strip).filter(name -> !name.isEmpty() && !name.equals(FROM_PROFILE));
        bucket = bucket.map(String::strip).filter(name -> !name.isEmpty());
        // Not stripped: a blank is a character like any other in a key.
        pathPrefix = pathPrefix.filter(prefix -> !prefix.isEmpty());
    }

    /** As a node's inputs have them: empty texts and the two texts in brackets choose nothing. */
    public ProfileRef(String profile, String provider, String bucket, String pathPrefix) {
        this(Optional.of(profile), Optional.of(provider), Optional.of(bucket), Optional.of(pathPrefix));
    }

    /**
     * Reads what a workflow holds: an object of the wire, a bare name, or nothing. Members that are not ours are passed
     * over, and a number is taken for its digits.
     *
     * @param wire may be null
     * @throws CloudException {@link Problem#INPUT_NOT_USABLE}
     */
    public static ProfileRef parse(JsonElement wire) {
        if (wire == null || wire.isJsonNull()) {
            return DEFAULT;
        }
        if (wire.isJsonPrimitive()) {
            return new ProfileRef(wire.getAsString(), "", "", "");
        }
        if (!wire.isJsonObject()) {
            throw unusable("profile");
        }
        JsonObject members = wire.getAsJsonObject();
        return new ProfileRef(
                text(members, "profile"),
                text(members, "provider"),
                text(members, "bucket"),
                text(members, "path_prefix"));
    }

    /** The wire's form, which {@link #parse} reads. */
    public JsonObject toJson() {
        JsonObject members = new JsonObject();
        members.addProperty("profile", profile.orElse(ENVIRONMENT));
        provider.ifPresent(value -> members.addProperty("provider", value));
        bucket.ifPresent(value -> members.addProperty("bucket", value));
        pathPrefix.ifPresent(value -> members.addProperty("path_prefix", value));
        return members;
    }

    static final class Wire extends TypeAdapter<ProfileRef> {
        @Override
        public void write(JsonWriter out, ProfileRef ref) throws IOException {
            out.jsonValue(ref.toJson().toString());
        }

        @Override
        public ProfileRef read(JsonReader in) {
            return parse(JsonParser.parseReader(in));
        }
    }

    private static Optional<String> text(JsonObject members, String name) {
        JsonElement value = members.get(name);
        if (value == null || value.isJsonNull()) {
            return Optional.empty();
        }
        if (!value.isJsonPrimitive()) {
            throw unusable(name);
        }
        return Optional.of(value.getAsString());
    }

    private static CloudException unusable(String input) {
        return new CloudException(
                Problem.INPUT_NOT_USABLE,
                Map.of(
                        "input", input,
                        "reason", "it is not a text",
                        "allowed", "a text, or link a Cloud Storage Profile node"));
    }
}
