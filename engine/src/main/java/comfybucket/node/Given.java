package comfybucket.node;

import com.google.gson.FieldNamingPolicy;
import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonDeserializer;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import comfybucket.error.CloudException;
import comfybucket.error.Problem;
import comfybucket.naming.OnConflict;
import comfybucket.profile.Profile;
import comfybucket.profile.ProfileRef;
import comfybucket.profile.Upload;
import java.util.Arrays;
import java.util.Map;

/** From the inputs on the wire to a node's record; an input that was not given takes the default of its record. */
final class Given {
    private static final Gson GSON = new GsonBuilder()
            .setFieldNamingPolicy(FieldNamingPolicy.LOWER_CASE_WITH_UNDERSCORES)
            .registerTypeAdapter(
                    ProfileRef.class, (JsonDeserializer<ProfileRef>) (wire, type, context) -> ProfileRef.parse(wire))
            .create();

    /** @throws IllegalArgumentException when an input has another type than the record's */
    static <I extends Record> I read(JsonObject given, Class<I> type) {
        try {
            return GSON.fromJson(given, type);
        } catch (JsonParseException | NumberFormatException unlike) {
            throw new IllegalArgumentException(
                    "The inputs are not those of " + type.getEnclosingClass().getSimpleName(), unlike);
        }
    }

    static <T> T or(T given, T otherwise) {
        return given == null ? otherwise : given;
    }

    /** @throws CloudException {@link Problem#INPUT_NOT_USABLE} */
    static OnConflict onConflict(String word, Profile profile) {
        return word.equals(ProfileRef.FROM_PROFILE)
                ? profile.saving().onConflict()
                : Arrays.stream(OnConflict.values())
                        .filter(choice -> choice.word().equals(word))
                        .findFirst()
                        .orElseThrow(() -> new CloudException(
                                Problem.INPUT_NOT_USABLE,
                                Map.of(
                                        "input", "on_conflict",
                                        "reason", "there is no choice " + word,
                                        "allowed", ProfileRef.FROM_PROFILE + ", rename, overwrite or fail")));
    }

    /** @throws CloudException {@link Problem#INPUT_NOT_USABLE} */
    static Upload upload(String word, Profile profile) {
        return word.equals(ProfileRef.FROM_PROFILE)
                ? profile.saving().upload()
                : Arrays.stream(Upload.values())
                        .filter(choice -> choice.word().equals(word))
                        .findFirst()
                        .orElseThrow(() -> new CloudException(
                                Problem.INPUT_NOT_USABLE,
                                Map.of(
                                        "input", "upload",
                                        "reason", "there is no choice " + word,
                                        "allowed", ProfileRef.FROM_PROFILE + ", wait or background")));
    }

    private Given() {}
}
