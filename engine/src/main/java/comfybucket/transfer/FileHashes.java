package comfybucket.transfer;

import comfybucket.error.CloudException;
import comfybucket.error.Problem;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CancellationException;

/**
 * What a large file is checked by when it comes back, and what each of its parts is checked by when it arrives. The one
 * cannot be had from the others, so they are computed side by side, each by one thread.
 *
 * @param whole SHA-256 in lower-case hex, as all of them
 */
record FileHashes(String whole, List<String> parts) {
    /**
     * @throws CloudException {@link Problem#FILE_NOT_READABLE}
     * @throws CancellationException when this thread is interrupted
     */
    static FileHashes of(Path file, Parts plan) {
        String[] parts = new String[plan.count()];
        try (Crew crew = new Crew(1)) {
            crew.start(() -> {
                for (int i = 0; i < parts.length; i++) {
                    parts[i] = FileHash.sha256(file, plan.range(i));
                }
            });
            String whole = FileHash.sha256(file);
            crew.join();
            return new FileHashes(whole, Arrays.asList(parts));
        }
    }

    /** Of a file that is sent as one. */
    static FileHashes ofOne(Path file) {
        String whole = FileHash.sha256(file);
        return new FileHashes(whole, List.of(whole));
    }
}
