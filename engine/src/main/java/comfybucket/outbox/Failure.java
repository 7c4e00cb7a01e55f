package comfybucket.outbox;

import comfybucket.error.CloudException;
import java.time.Instant;

/**
 * Why a job is not in the bucket yet.
 *
 * @param code of the catalogue
 * @param message for the user
 */
public record Failure(String code, String message, Instant at) {
    static Failure of(CloudException thrown, Instant at) {
        return new Failure(thrown.problem().code(), thrown.getMessage(), at);
    }
}
