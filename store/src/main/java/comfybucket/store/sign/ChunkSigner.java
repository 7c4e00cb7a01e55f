package comfybucket.store.sign;

/**
 * The chain of signatures in a body that is signed chunk by chunk: each signs the one before, and the first one signs
 * the request's own.
 */
public final class ChunkSigner {
    private static final String EMPTY = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

    private final byte[] key;
    private final String time;
    private final Scope scope;
    private String previous;

    ChunkSigner(byte[] key, String time, Scope scope, String previous) {
        this.key = key;
        this.time = time;
        this.scope = scope;
        this.previous = previous;
    }

    /** Whether that is the signature of the next chunk; if so, the chain goes on from it. */
    boolean acceptsChunk(byte[] sha256, String signature) {
        return accepts("AWS4-HMAC-SHA256-PAYLOAD", EMPTY + "\n" + Hmac.hex(sha256), signature);
    }

    /** Whether that is the signature of the trailer, which ends the chain. */
    boolean acceptsTrailer(byte[] sha256, String signature) {
        return accepts("AWS4-HMAC-SHA256-TRAILER", Hmac.hex(sha256), signature);
    }

    private boolean accepts(String algorithm, String hashes, String signature) {
        String text = String.join("\n", algorithm, time, scope.toString(), previous, hashes);
        previous = Hmac.hex(Hmac.sha256(key, text));
        return Hmac.same(previous, signature);
    }
}
