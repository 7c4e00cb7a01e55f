package comfybucket.transfer;

import comfybucket.error.CloudException;
import comfybucket.error.Problem;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.function.LongConsumer;

/**
 * What a large file is checked by when it comes back, and what each of its parts is checked by when it arrives. The one
 * cannot be had from the others, so they are computed side by side, each by one thread.
 *
 * @param whole SHA-256 in lower-case hex, as all of them
 */
record FileHashes(String whole, List<String> parts) {
    /**
     * @param read is told how many more bytes have been read for the whole
     * @throws CloudException {@link Problem#FILE_NOT_READABLE}
     * @throws CancellationException when this thread is interrupted
     */
    static FileHashes of(Path file, Parts plan, LongConsumer read) {
        String[] parts = new String[plan.count()];
        try (Crew crew = new Crew(1)) {
            crew.start(() -> {
                for (int i = 0; i < parts.length; i++) {
                    parts[i] = FileHash.sha256(file, plan.range(i));
                }
            });
            String whole = FileHash.sha256(file, read);
            crew.join();
            return new FileHashes(whole, Arrays.asList(parts));
        }
    }

    /** Of a file that is sent as one. */
    static FileHashes ofOne(Path file, LongConsumer read) {
        String whole = FileHash.sha256(file, read);
        return new FileHashes(whole, List.of(whole));
    }
}
