package comfybucket.cli;

import com.google.gson.JsonObject;
import comfybucket.error.CloudException;
import comfybucket.error.Problem;
import comfybucket.profile.ProfileRef;
import comfybucket.profile.Profiles;
import comfybucket.profile.ProfilesEditor;

/** A change of one profile in the file, or what would be one, and what is said about it. */
final class ProfileChange {
    private final SettingsOptions options;
    private final Profiles profiles;
    private final ProfilesEditor editor;
    private final DryRun dryRun;
    private final String name;

    ProfileChange(SettingsOptions options, Profiles profiles, DryRun dryRun, String name) {
        this.options = options;
        this.profiles = profiles;
        this.editor = new ProfilesEditor(profiles.file());
        this.dryRun = dryRun;
        this.name = name;
    }

    /** @throws CloudException {@link Problem#PROFILE_NOT_FOUND} with the nearest names */
    void requireThere() {
        if (!profiles.names().contains(name)) {
            var _ = profiles.resolve(ref());
        }
    }

    void add(JsonObject fields) {
        put(fields, "would_add", "added");
    }

    void edit(JsonObject fields) {
        put(fields, "would_change", "changed");
    }

    void remove() {
        if (dryRun.isWanted()) {
            tell("would_remove");
        } else if (editor.remove(name)) {
            tell("removed");
        }
    }

    private void put(JsonObject fields, String before, String after) {
        if (dryRun.isWanted()) {
            editor.check(name, fields);
            tell(before);
            return;
        }
        editor.put(name, fields);
        tell(after);
        try {
            var _ = profiles.resolve(ref());
        } catch (CloudException incomplete) {
            options.invocation()
                    .err()
                    .println("comfy-bucket: It is not complete yet. " + Printable.text(incomplete.getMessage()));
        }
    }

    private void tell(String state) {
        String file = profiles.file().toString();
        String words = state.replace('_', ' ');
        options.lines().print(() -> words + "  " + Printable.text(name) + "  in " + file, () -> {
            JsonObject line = new JsonObject();
            line.addProperty("name", name);
            line.addProperty("file", file);
            line.addProperty("state", state);
            return line;
        });
    }

    private ProfileRef ref() {
        return new ProfileRef(name, "", "", "");
    }
}
