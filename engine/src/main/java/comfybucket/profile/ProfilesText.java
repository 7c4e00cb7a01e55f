package comfybucket.profile;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a profiles file says, read as far as it can be read: a profile with a mistake is kept as a {@link Broken} one, and
 * a mistake between the profiles ends the reading.
 *
 * @param profiles by name, in the order of the file
 * @param broken what ended the reading early
 * @param remarks what is wrong without making a profile unusable
 */
record ProfilesText(Map<String, Entry> profiles, Optional<Complaint> broken, List<Complaint> remarks) {
    /** A profile of the file. */
    sealed interface Entry {}

    record Usable(Layer layer) implements Entry {}

    record Broken(Complaint complaint) implements Entry {}

    static final ProfilesText EMPTY = new ProfilesText(Map.of(), Optional.empty(), List.of());

    // Only a name that looks like a field's is repeated: in a broken file a secret can stand where a name should.
    private static final Pattern SHOWN = Pattern.compile("[A-Za-z_-]{1,30}");

    static ProfilesText parse(Path file, String text) {
        return new Parsing(file).all(text);
    }

    /** The mistakes and the remarks in the order of their lines. */
    List<Complaint> complaints() {
        List<Complaint> all = new ArrayList<>(remarks);
        profiles.values().forEach(entry -> {
            if (entry instanceof Broken(Complaint complaint)) {
                all.add(complaint);
            }
        });
        broken.ifPresent(all::add);
        all.sort((left, right) -> Integer.compare(left.line(), right.line()));
        return List.copyOf(all);
    }

    private static final class Parsing {
        private final Path file;
        private final Map<String, Entry> profiles = new LinkedHashMap<>();
        private final List<Complaint> remarks = new ArrayList<>();

        Parsing(Path file) {
            this.file = file;
        }

        ProfilesText all(String text) {
            Optional<Complaint> broken = Optional.empty();
            JsonText json = new JsonText(text);
            try {
                json.members((name, line) -> {
                    if (name.equals("profiles")) {
                        json.members((profile, at) -> add(json, profile, at));
                    } else {
                        json.value();
                        remarks.add(complaint(line, "only \"profiles\" is known at the top of the file"));
                    }
                });
                json.end();
            } catch (Mistake e) {
                broken = Optional.of(complaint(e.line(), e.getMessage()));
            }
            return new ProfilesText(profiles, broken, remarks);
        }

        private void add(JsonText json, String name, int line) {
            JsonText.Place start = json.place();
            Entry entry;
            try {
                entry = entry(name, line, json.value());
            } catch (Mistake e) {
                entry = broken(name, e);
                json.passOver(start);
            }
            if (name.isBlank() || name.equals(ProfileRef.ENVIRONMENT)) {
                remarks.add(complaint(line, "a profile cannot be chosen by this name; rename it"));
            } else {
                profiles.put(name, entry);
            }
        }

        private Entry entry(String name, int line, Json value) {
            try {
                if (profiles.containsKey(name)) {
                    throw new Mistake(line, "there are two profiles of this name; rename one");
                }
                return new Usable(layer(value));
            } catch (Mistake e) {
                return broken(name, e);
            }
        }

        private Entry broken(String name, Mistake mistake) {
            return new Broken(new Complaint(file, mistake.line(), Optional.of(name), mistake.getMessage()));
        }

        private Complaint complaint(int line, String what) {
            return new Complaint(file, line, Optional.empty(), what);
        }
    }

    private static Layer layer(Json profile) throws Mistake {
        if (!(profile instanceof Json.Members members)) {
            throw new Mistake(profile.line(), "a profile must be an object of fields in braces");
        }
        Map<Field<?>, Object> values = new HashMap<>();
        Map<String, Integer> lines = new HashMap<>();
        for (Json.Member member : members.values()) {
            Integer earlier = lines.put(member.name(), member.line());
            if (earlier != null) {
                throw new Mistake(member.line(), "a field is there twice, first in line " + earlier);
            }
            Optional<Field<?>> field = Field.named(member.name());
            if (field.isPresent()) {
                field.get().read(member.value()).ifPresent(value -> values.put(field.get(), value));
            } else if (!isNote(member.name())) {
                throw unknown(member);
            }
        }
        Layer layer = Layer.of(values);
        requireSense(layer, lines);
        return layer;
    }

    private static void requireSense(Layer layer, Map<String, Integer> lines) throws Mistake {
        boolean chain = layer.get(Field.CREDENTIALS).flatMap(found -> found).isPresent();
        if (chain && layer.says(Field.ACCESS_KEY, Field.SECRET_KEY, Field.SESSION_TOKEN)) {
            throw new Mistake(
                    lines.get(Field.CREDENTIALS.name()),
                    "credentials \"default_chain\" takes no keys from the profile; remove one of them");
        }
        boolean kms = layer.get(Field.SERVER_SIDE_ENCRYPTION)
                .filter(name -> name.startsWith("aws:kms"))
                .isPresent();
        if (layer.says(Field.KMS_KEY_ID) && !kms) {
            throw new Mistake(
                    lines.get(Field.KMS_KEY_ID.name()), "kms_key_id needs server_side_encryption \"aws:kms\"");
        }
    }

    /** JSON has no comments, so people keep notes in fields like these. */
    private static boolean isNote(String name) {
        return name.startsWith("_") || name.startsWith("//") || name.equals("comment");
    }

    private static Mistake unknown(Json.Member member) {
        List<String> near = Nearest.to(member.name(), Field.names());
        String shown = SHOWN.matcher(member.name()).matches() ? "\"" + member.name() + "\"" : "a name in this line";
        String meant = near.isEmpty() ? "" : "; " + near.getFirst() + " may be meant";
        return new Mistake(member.line(), shown + " is not the name of a field" + meant);
    }
}
