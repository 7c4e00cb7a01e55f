package comfybucket.store.personality;

import comfybucket.store.LocalStore;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Serves folders as providers would until its standard input ends. Prints one line of JSON for each when all are ready:
 * provider, endpoint, access_key, secret_key, bucket, path_style.
 */
public final class ServePersonalities {
    private ServePersonalities() {}

    /** Takes a personality such as {@code cloudflare-r2}, or {@code all}, and a folder. */
    public static void main(String[] args) throws IOException {
        List<Personality> wanted = Stream.of(Personality.values())
                .filter(personality -> args[0].equals("all") || args[0].equals(name(personality)))
                .toList();
        List<LocalStore> stores = new ArrayList<>();
        try {
            for (Personality personality : wanted) {
                LocalStore store = personality.serve(Path.of(args[1]).resolve(name(personality)));
                stores.add(store);
                System.out.printf(
                        "{\"provider\": \"%s\", \"endpoint\": \"%s\", \"access_key\": \"%s\", \"secret_key\": \"%s\","
                                + " \"bucket\": \"%s\", \"path_style\": %s}%n",
                        personality.provider(),
                        personality.endpoint(store),
                        store.accessKey(),
                        store.secretKey(),
                        store.bucket(),
                        personality.pathStyle());
            }
            System.out.println();
            System.out.flush();
            while (System.in.read() >= 0) {
                // Until whoever started this is gone.
            }
        } finally {
            for (LocalStore store : stores) {
                store.close();
            }
        }
    }

    private static String name(Personality personality) {
        return personality.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
