package comfybucket.store.sign;

/**
 * A request whose signature is right.
 *
 * @param payload what was signed for the body: its SHA-256 in hexadecimal digits, or one of S3's words
 *     ({@code UNSIGNED-PAYLOAD}, {@code STREAMING-…})
 */
public record Verified(String payload, ChunkSigner chunkSigner) {}
