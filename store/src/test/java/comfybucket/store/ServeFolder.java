package comfybucket.store;

import java.io.IOException;
import java.nio.file.Path;

/**
 * Serves a folder until its standard input ends. Prints one line of JSON when it is ready: endpoint, public_endpoint,
 * access_key, secret_key, bucket.
 */
public final class ServeFolder {
    private ServeFolder() {}

    /** Takes the folder, and {@code --no-force} for a store that forces nothing to disk. */
    public static void main(String[] args) throws IOException {
        boolean force = args.length < 2 || !args[1].equals("--no-force");
        StoreOptions options = StoreOptions.defaults().withForce(force);
        try (LocalStore store = LocalStore.open(Path.of(args[0]), options)) {
            System.out.printf(
                    "{\"endpoint\": \"%s\", \"public_endpoint\": \"%s\", \"access_key\": \"%s\","
                            + " \"secret_key\": \"%s\", \"bucket\": \"%s\"}%n",
                    store.endpoint(), store.publicEndpoint(), store.accessKey(), store.secretKey(), store.bucket());
            System.out.flush();
            while (System.in.read() >= 0) {
                // Until whoever started this is gone.
            }
        }
    }
}
