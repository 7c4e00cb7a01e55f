package comfybucket.profile;

import comfybucket.error.CloudException;
import comfybucket.error.Problem;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the {@code COMFY_S3_*} variables say. A variable is judged when it is needed, so that one that a named profile
 * replaces does no harm.
 */
record EnvironmentLayer(Machine machine) implements Layer {
    private static final String PREFIX = "COMFY_S3_";
    static final Set<Field<?>> FIELDS = Set.of(
            Field.PROVIDER,
            Field.ACCESS_KEY,
            Field.SECRET_KEY,
            Field.SESSION_TOKEN,
            Field.BUCKET,
            Field.REGION,
            Field.ENDPOINT_URL,
            Field.ACCOUNT_ID,
            Field.PATH_PREFIX);

    static String variable(Field<?> field) {
        return PREFIX + field.name().toUpperCase(Locale.ROOT);
    }

    @Override
    public <T> Optional<T> get(Field<T> field) {
        String name = variable(field);
        Optional<String> value = FIELDS.contains(field) ? machine.variable(name) : Optional.empty();
        try {
            return value.isEmpty() ? Optional.empty() : field.read(new Json.Text(value.get(), 1));
        } catch (Mistake e) {
            throw unusable(name, e.getMessage());
        }
    }

    /** Whether one of the variables is there, usable or not. */
    boolean isSet(Field<?>... any) {
        return Arrays.stream(any)
                .anyMatch(field -> machine.variable(variable(field)).isPresent());
    }

    /** Which profile is meant where none is named. */
    Optional<String> defaultProfile() {
        return machine.variable(PREFIX + "PROFILE")
                .map(String::strip)
                .filter(name -> !name.equals(ProfileRef.ENVIRONMENT));
    }

    /** Whether model files that can run programs are accepted, whatever the profile says. */
    boolean allowsPickle() {
        String name = variable(Field.ALLOW_PICKLE);
        return machine.variable(name)
                .map(value -> switch (value.strip().toLowerCase(Locale.ROOT)) {
                    case "1", "true", "yes", "on" -> true;
                    case "0", "false", "no", "off" -> false;
                    default -> throw unusable(name, "it must be 1 or 0");
                })
                .orElse(false);
    }

    private static CloudException unusable(String variable, String reason) {
        return new CloudException(
                Problem.SETTING_NOT_USABLE,
                Map.of("setting", variable, "reason", reason, "place", "the environment that ComfyUI is started with"));
    }
}
