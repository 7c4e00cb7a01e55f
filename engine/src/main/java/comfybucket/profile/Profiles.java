package comfybucket.profile;

import comfybucket.error.CloudException;
import comfybucket.error.Problem;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The settings of this machine: the environment and a profiles file, read when asked, so that a change counts from the
 * next call on. Safe for use by many threads.
 */
public final class Profiles {
    private final Machine machine;
    private final EnvironmentLayer environment;
    private final ProfilesFile file;

    public Profiles(Machine machine, Path file) {
        this.machine = machine;
        this.environment = new EnvironmentLayer(machine);
        this.file = new ProfilesFile(file);
    }

    /**
     * What the settings and the node's choices come to.
     *
     * @throws CloudException with the {@link Problem} of whatever is missing, contradictory or not allowed
     */
    public Profile resolve(ProfileRef ref) {
        Optional<String> name = ref.profile().or(environment::defaultProfile);
        Layer named = name.map(this::find).orElse(Layer.EMPTY);
        String shown = name.orElse(ProfileRef.ENVIRONMENT);
        return new Resolution(machine, environment, shown, named, ref, file.path()).profile();
    }

    /** The names in the file, in its order; also of profiles that have a mistake, which {@link #resolve} then tells. */
    public List<String> names() {
        return List.copyOf(file.read().profiles().keySet());
    }

    /** The names of those that ask for a backup, whether or not they can be used. */
    public List<String> backingUp() {
        return file.read().profiles().entrySet().stream()
                .filter(entry -> entry.getValue() instanceof ProfilesText.Usable(Layer layer)
                        && layer.get(Field.AUTO_BACKUP).flatMap(found -> found).isPresent())
                .map(Map.Entry::getKey)
                .toList();
    }

    /** All that is wrong with the file, for logs and reports. */
    public List<Complaint> complaints() {
        ProfilesText text = file.read();
        List<Complaint> all = new ArrayList<>(text.complaints());
        text.profiles().forEach((name, entry) -> {
            if (entry instanceof ProfilesText.Usable(Layer layer) && isRegionLost(layer)) {
                String what = "its region and account_id are not used, because COMFY_S3_PROVIDER or"
                        + " COMFY_S3_ENDPOINT_URL says where the store is; add provider to the profile";
                all.add(new Complaint(file.path(), 0, Optional.of(name), what));
            }
        });
        file.looseness().ifPresent(all::add);
        return List.copyOf(all);
    }

    /** A number that is another one when the file is another one than when this was asked last. */
    public int version() {
        return file.version();
    }

    /** Where the profiles are, or would be. */
    public Path file() {
        return file.path();
    }

    private boolean isRegionLost(Layer layer) {
        return layer.says(Field.REGION, Field.ACCOUNT_ID)
                && !layer.says(Field.PROVIDER, Field.ENDPOINT_URL)
                && environment.isSet(Field.PROVIDER, Field.ENDPOINT_URL);
    }

    private Layer find(String name) {
        ProfilesText text = file.read();
        ProfilesText.Entry entry = text.profiles().get(name);
        if (entry instanceof ProfilesText.Usable(Layer layer)) {
            return layer;
        }
        if (entry instanceof ProfilesText.Broken(Complaint complaint)) {
            throw mistake(Problem.PROFILE_BROKEN, name, complaint);
        }
        if (text.broken().isPresent()) {
            throw mistake(Problem.PROFILES_FILE_BROKEN, name, text.broken().get());
        }
        throw new CloudException(
                Problem.PROFILE_NOT_FOUND,
                Map.of(
                        "profile", name,
                        "choices", choices(name, text),
                        "profiles_file", file.path().toString()));
    }

    private CloudException mistake(Problem problem, String profile, Complaint complaint) {
        return new CloudException(
                problem,
                Map.of(
                        "profile", profile,
                        "profiles_file", file.path().toString(),
                        "line", Integer.toString(complaint.line()),
                        "complaint", complaint.what()));
    }

    private static String choices(String name, ProfilesText text) {
        List<String> near = Nearest.to(name, text.profiles().keySet());
        List<String> named =
                near.isEmpty() ? text.profiles().keySet().stream().limit(10).toList() : near;
        return named.isEmpty()
                ? ProfileRef.ENVIRONMENT + ", as there are no profiles yet"
                : named.stream().map(choice -> '"' + choice + '"').collect(Collectors.joining(" or "));
    }
}
