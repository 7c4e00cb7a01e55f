package comfybucket.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import comfybucket.error.CloudException;
import comfybucket.error.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** A user's settings in a folder of their own: an environment with keys and a bucket, and a profiles file. */
final class Settings {
    final Map<String, String> environment = new HashMap<>(Map.of(
            "COMFY_S3_ACCESS_KEY", "envkey",
            "COMFY_S3_SECRET_KEY", "envsecret",
            "COMFY_S3_BUCKET", "envbucket"));

    private final Path folder;
    private final Map<String, String> written = new LinkedHashMap<>();

    Settings(Path folder) {
        this.folder = folder;
    }

    Profile resolve(ProfileRef ref) {
        return profiles().resolve(ref);
    }

    Profiles profiles() {
        return profiles("Linux");
    }

    Profiles profiles(String os) {
        return new Profiles(machine(os), folder.resolve("profiles.json"));
    }

    Machine machine(String os) {
        return new Machine(environment, os, folder);
    }

    /** Names and fields in turn; the profiles that were there before stay. */
    void write(String... namesAndFields) throws IOException {
        for (int i = 0; i < namesAndFields.length; i += 2) {
            written.put(namesAndFields[i], namesAndFields[i + 1]);
        }
        StringBuilder json = new StringBuilder();
        written.forEach((name, fields) ->
                json.append(json.isEmpty() ? "" : ",\n").append("\"%s\": {%s}".formatted(name, fields)));
        Files.writeString(folder.resolve("profiles.json"), "{\"profiles\": {" + json + "}}");
    }

    static ProfileRef named(String name) {
        return new ProfileRef(name, "", "", "");
    }

    static Credentials.Static keys(String access, String secret, Optional<String> token) {
        return new Credentials.Static(access, new Secret(secret), token.map(Secret::new));
    }

    static void assertFails(Problem problem, Runnable action) {
        assertThatThrownBy(action::run)
                .isInstanceOfSatisfying(
                        CloudException.class, e -> assertThat(e.problem()).isEqualTo(problem));
    }
}
