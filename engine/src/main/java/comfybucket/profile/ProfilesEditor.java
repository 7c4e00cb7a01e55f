package comfybucket.profile;

import com.google.gson.JsonObject;
import comfybucket.error.CloudException;
import comfybucket.error.Problem;
import comfybucket.files.PrivateFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Changes the profiles file. What it does not change, it keeps, in its order: other profiles, fields that it does not
 * know. A file that has a mistake is left for its owner to correct, and nothing is written that could not be read.
 */
public final class ProfilesEditor {
    private static final String PROFILES = "profiles";
    private static final Json.Members NONE = new Json.Members(List.of(), 1);

    private final Path file;

    public ProfilesEditor(Path file) {
        this.file = file;
    }

    /**
     * Adds a profile, or changes fields of one that is there.
     *
     * @param fields by name; null as a value removes the field
     * @throws CloudException {@link Problem#SETTING_NOT_USABLE} for a value or a name that cannot be, or a
     *     {@code PROFILES_FILE_…} problem
     */
    public synchronized void put(String profile, JsonObject fields) {
        write(textWith(profile, fields));
    }

    /**
     * Finds out whether {@link #put} could be done, and changes nothing.
     *
     * @throws CloudException as {@link #put}, but for a file that cannot be written
     */
    public synchronized void check(String profile, JsonObject fields) {
        var _ = textWith(profile, fields);
    }

    private String textWith(String profile, JsonObject fields) {
        if (profile.isBlank() || profile.equals(ProfileRef.ENVIRONMENT)) {
            throw notUsable(profile, "a profile cannot be chosen by this name");
        }
        Json.Members root = root();
        try {
            Json.Members profiles = member(root, PROFILES);
            Json.Members changed = changed(member(profiles, profile), fields);
            return readable(profile, with(root, PROFILES, with(profiles, profile, changed)));
        } catch (Mistake e) {
            throw broken(e);
        }
    }

    /**
     * Takes a profile out of the file.
     *
     * @return whether it was there
     * @throws CloudException a {@code PROFILES_FILE_…} problem
     */
    public synchronized boolean remove(String profile) {
        Json.Members root = root();
        try {
            Json.Members profiles = member(root, PROFILES);
            Json.Members rest = without(profiles, profile);
            boolean found = !rest.equals(profiles);
            if (found) {
                write(readable(profile, with(root, PROFILES, rest)));
            }
            return found;
        } catch (Mistake e) {
            throw broken(e);
        }
    }

    private Json.Members root() {
        Optional<byte[]> bytes = ProfilesFile.bytes(file);
        if (bytes.isEmpty()) {
            return NONE;
        }
        try {
            JsonText text = new JsonText(ProfilesFile.text(bytes.get()));
            Json root = text.value();
            text.end();
            return object(root);
        } catch (Mistake e) {
            throw broken(e);
        }
    }

    private static Json.Members changed(Json.Members profile, JsonObject fields) throws Mistake {
        Json.Members changed = profile;
        for (Json.Member field : object(new JsonText(fields.toString()).value()).values()) {
            changed = field.value() instanceof Json.Nothing
                    ? without(changed, field.name())
                    : with(changed, field.name(), field.value());
        }
        return changed;
    }

    private String readable(String profile, Json.Members root) {
        String text = JsonPrinter.print(root);
        if (ProfilesText.parse(file, text).profiles().get(profile)
                instanceof ProfilesText.Broken(Complaint complaint)) {
            throw notUsable(profile, complaint.what());
        }
        return text;
    }

    private void write(String text) {
        try {
            PrivateFile.write(file, text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            String reason = e.getClass().getSimpleName();
            throw new CloudException(
                    Problem.PROFILES_FILE_NOT_WRITABLE, Map.of("profiles_file", file.toString(), "reason", reason), e);
        }
    }

    private CloudException broken(Mistake mistake) {
        return new CloudException(
                Problem.PROFILES_FILE_BROKEN,
                Map.of(
                        "profiles_file", file.toString(),
                        "line", Integer.toString(mistake.line()),
                        "complaint", mistake.getMessage()));
    }

    private static CloudException notUsable(String profile, String reason) {
        return new CloudException(
                Problem.SETTING_NOT_USABLE,
                Map.of(
                        "setting",
                        "Profile " + profile,
                        "reason",
                        reason,
                        "place",
                        "what you entered; nothing was changed"));
    }

    private static Json.Members member(Json.Members object, String name) throws Mistake {
        for (Json.Member member : object.values()) {
            if (member.name().equals(name)) {
                return object(member.value());
            }
        }
        return NONE;
    }

    private static Json.Members object(Json json) throws Mistake {
        if (json instanceof Json.Members members) {
            return members;
        }
        throw new Mistake(json.line(), "an object in braces is missing here");
    }

    /** In its old place, or at the end. */
    private static Json.Members with(Json.Members object, String name, Json value) {
        List<Json.Member> members = new ArrayList<>(object.values());
        Json.Member changed = new Json.Member(name, 1, value);
        for (int i = 0; i < members.size(); i++) {
            if (members.get(i).name().equals(name)) {
                members.set(i, changed);
                return new Json.Members(members, object.line());
            }
        }
        members.add(changed);
        return new Json.Members(members, object.line());
    }

    private static Json.Members without(Json.Members object, String name) {
        List<Json.Member> rest = object.values().stream()
                .filter(member -> !member.name().equals(name))
                .toList();
        return new Json.Members(rest, object.line());
    }
}
