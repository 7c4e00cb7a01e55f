package comfybucket.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import comfybucket.assurance.Assurance;
import comfybucket.assurance.Promise;
import comfybucket.store.LocalStore;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A canary secret goes through every command, and every way in which it can fail, and must then be nowhere. */
class SecretsOfCommandsTest {
    private static final String CANARY = "cAnary+Secret/0123456789=abcdefghijklmn";
    private static final Set<String> SECRET_FILES = Set.of("profiles.json", "credentials.json");

    @TempDir
    private Path home;

    @Test
    void noSecretIsSaidOrLeftAnywhere() throws IOException {
        Commands commands = new Commands(home);
        commands.put("a.txt", "hello");
        Path file = Files.writeString(home.resolve("b.txt"), "hello");
        List<String> said = new ArrayList<>();
        int succeeded = 0;
        try (LocalStore store = LocalStore.open(home.resolve("elsewhere"))) {
            List<String> profiles = List.of("local", "wrong", "token", "odd", "typo", "readonly", "address", "missing");
            commands.profile("wrong", with(commands.remote(store), "access_key", "nobody"));
            commands.profile("token", with(commands.remote(store), "session_token", CANARY));
            commands.profile("odd", with(commands.remote(store), "provider", "Acme"));
            commands.profile("typo", with(with(commands.remote(store), "acess_key", CANARY), "concurrency", CANARY));
            JsonObject readOnly = commands.remote(store);
            readOnly.addProperty("read_only", true);
            commands.profile("readonly", readOnly);
            commands.profile("address", with(commands.remote(store), "endpoint_url", "https://" + CANARY + "@x"));
            for (String profile : profiles) {
                for (List<String> command : commandLines(file)) {
                    for (String form : new String[] {"", "--json"}) {
                        List<String> args = new ArrayList<>(command);
                        args.replaceAll(word -> word.equals("PROFILE") ? profile : word);
                        args.add(form);
                        args.removeIf(String::isEmpty);
                        Commands.Result result = commands.typing(CANARY + "\n", args.toArray(String[]::new));
                        said.add(result.out());
                        said.add(result.err());
                        succeeded += result.code() == 0 ? 1 : 0;
                    }
                }
            }
            List<String> secrets = List.of(CANARY, store.secretKey());
            said.forEach(text -> assertAbsent("what a command says", text, secrets));
            int searched = assertNoFileHolds(secrets);
            assertThat(succeeded).as("commands on the way without errors").isGreaterThan(20);
            String figure = "%d outputs and %d files searched raw, in base 64 and URL-encoded, 0 hits"
                    .formatted(said.size(), searched);
            Assurance.shown(Promise.NO_SECRET_SHOWN, "a canary through every command", figure);
        }
    }

    private static List<List<String>> commandLines(Path file) {
        return Stream.of(
                        "ls --profile PROFILE",
                        "push --profile PROFILE " + file + " up/",
                        "push --dry-run --profile PROFILE " + file + " up/",
                        "pull --profile PROFILE a.txt --to " + file.resolveSibling("down"),
                        "share --profile PROFILE a.txt",
                        "rm --yes --profile PROFILE up/b.txt",
                        "doctor --profile PROFILE",
                        "profiles list",
                        "profiles show PROFILE",
                        "profiles test PROFILE",
                        "profiles edit PROFILE path_prefix=x/",
                        "outbox list",
                        "models pull --profile PROFILE " + file)
                .map(line -> List.of(line.split(" ", -1)))
                .toList();
    }

    private static JsonObject with(JsonObject profile, String field, String value) {
        profile.addProperty("secret_key", CANARY);
        profile.addProperty(field, value);
        return profile;
    }

    private int assertNoFileHolds(List<String> secrets) throws IOException {
        try (Stream<Path> files = Files.walk(home)) {
            List<Path> searched = files.filter(Files::isRegularFile)
                    .filter(path -> !SECRET_FILES.contains(path.getFileName().toString()))
                    .toList();
            for (Path path : searched) {
                assertAbsent(path.toString(), Files.readString(path, StandardCharsets.ISO_8859_1), secrets);
            }
            return searched.size();
        }
    }

    private static void assertAbsent(String place, String text, List<String> secrets) {
        for (String secret : secrets) {
            forms(secret)
                    .forEach(form -> assertThat(text.contains(form))
                            .as("a secret in %s: %s", place, text)
                            .isFalse());
        }
    }

    /** How a secret may look; base 64 depends on what stands in front of it. */
    private static Stream<String> forms(String secret) {
        Stream<String> encoded = Stream.of("", "\0", "\0\0").map(before -> {
            byte[] bytes = (before + secret).getBytes(StandardCharsets.UTF_8);
            String text = Base64.getEncoder().encodeToString(bytes);
            return text.substring(4, text.length() - 4);
        });
        return Stream.concat(Stream.of(secret, URLEncoder.encode(secret, StandardCharsets.UTF_8)), encoded);
    }

    @Test
    void theSearchFindsASecretThatIsThere() {
        String hidden = Base64.getEncoder().encodeToString(("user:" + CANARY).getBytes(StandardCharsets.UTF_8));
        assertThat(forms(CANARY)).anyMatch(hidden::contains);
        assertThat(forms(CANARY)).anyMatch(("x" + CANARY)::contains);
    }
}
