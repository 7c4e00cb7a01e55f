package comfybucket.store.faults;

import comfybucket.store.LocalStore;
import comfybucket.store.StoreOptions;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * Serves a folder with faults on the way, for tests in other languages, until its standard input ends. Takes the folder
 * and a seed. Prints one line of JSON when it is ready: endpoint, direct_endpoint (without faults), access_key,
 * secret_key, bucket.
 *
 * <p>Each line of its input is a plan for what comes from then on, and is answered by a line with how many requests
 * were struck before:
 *
 * <pre>
 * never
 * once PutObject RESET AFTER
 * always GetObject SILENCE BEFORE
 * seeded 0.1
 * </pre>
 */
public final class ServeFaults {
    private ServeFaults() {}

    public static void main(String[] args) throws IOException {
        Path folder = Path.of(args[0]);
        long seed = Long.parseLong(args[1]);
        BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        try (LocalStore store = LocalStore.open(folder, StoreOptions.defaults().withForce(false));
                FaultProxy faults = new FaultProxy(store.endpoint(), seed)) {
            say("""
                    {"endpoint": "%s", "direct_endpoint": "%s", "access_key": "%s", "secret_key": "%s", "bucket": "%s"}\
                    """.formatted(faults.uri(), store.endpoint(), store.accessKey(), store.secretKey(), store.bucket()));
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                faults.set(plan(line.strip().split(" +"), seed));
                say(Long.toString(faults.struck()));
            }
        }
    }

    static FaultPlan plan(String[] words, long seed) {
        return switch (words[0]) {
            case "never" -> FaultPlan.never();
            case "seeded" -> FaultPlan.seeded(seed, Double.parseDouble(words[1]), Fault.PASSING);
            case "once" -> always(words).times(1).on(words[1]);
            case "always" -> always(words).on(words[1]);
            default -> throw new IllegalArgumentException(String.join(" ", words));
        };
    }

    private static FaultPlan always(String[] words) {
        return FaultPlan.always(Fault.valueOf(words[2]), Position.valueOf(words[3]));
    }

    private static void say(String line) {
        System.out.println(line);
        System.out.flush();
    }
}
