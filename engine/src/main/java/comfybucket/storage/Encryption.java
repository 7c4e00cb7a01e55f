package comfybucket.storage;

import java.util.Optional;

/**
 * Encryption at rest by the store.
 *
 * @param algorithm as S3 spells it: {@code AES256}, {@code aws:kms} or {@code aws:kms:dsse}
 * @param kmsKeyId the key to use with one of the {@code aws:kms} algorithms; empty for the account's own
 */
public record Encryption(String algorithm, Optional<String> kmsKeyId) {
    public Encryption {
        if (algorithm.isEmpty()) {
            throw new IllegalArgumentException("Empty encryption algorithm");
        }
    }
}
