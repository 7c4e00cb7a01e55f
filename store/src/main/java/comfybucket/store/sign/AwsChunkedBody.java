package comfybucket.store.sign;

import comfybucket.store.checksum.Digests;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A body in the {@code aws-chunked} encoding, whose chunks are signed one by one or not at all, with or without headers
 * behind it (<a href="https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-streaming.html">the encoding</a>,
 * <a href="https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-streaming-trailers.html">its trailers</a>). What it
 * hands out before its end is not verified yet.
 */
public final class AwsChunkedBody extends InputStream {
    private static final String SIGNATURE = "chunk-signature=";
    private static final String TRAILER_SIGNATURE = "x-amz-trailer-signature";
    private static final int MAX_LINE = 1_024;
    private static final int MAX_TRAILERS = 16;

    private final InputStream in;
    private final Optional<ChunkSigner> signer;
    private final boolean trailing;
    private final MessageDigest digest = Digests.sha256();
    private final Map<String, String> trailers = new LinkedHashMap<>();
    private String signature = "";
    private long left;
    private boolean started;
    private boolean finished;

    private AwsChunkedBody(InputStream in, Optional<ChunkSigner> signer, boolean trailing) {
        this.in = in;
        this.signer = signer;
        this.trailing = trailing;
    }

    /** The decoded body, if what was signed says that it is in this encoding; empty if it is not. */
    public static Optional<AwsChunkedBody> of(InputStream in, Verified verified) throws PayloadException {
        return switch (verified.payload()) {
            case "STREAMING-AWS4-HMAC-SHA256-PAYLOAD" ->
                Optional.of(new AwsChunkedBody(in, Optional.of(verified.chunkSigner()), false));
            case "STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER" ->
                Optional.of(new AwsChunkedBody(in, Optional.of(verified.chunkSigner()), true));
            case "STREAMING-UNSIGNED-PAYLOAD-TRAILER" -> Optional.of(new AwsChunkedBody(in, Optional.empty(), true));
            case String other
            when other.startsWith("STREAMING-") ->
                throw new PayloadException(501, "NotImplemented", "This way to sign a body is not supported: " + other);
            default -> Optional.empty();
        };
    }

    /** What came behind the body, by lower-case name; known at its end. */
    public Map<String, String> trailers() {
        return trailers;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        if (left == 0 && !finished) {
            nextChunk();
        }
        if (finished) {
            return -1;
        }
        int count = in.read(bytes, offset, (int) Math.min(length, left));
        if (count < 0) {
            throw new EOFException("The body ended inside a chunk.");
        }
        if (signer.isPresent()) {
            digest.update(bytes, offset, count);
        }
        left -= count;
        if (left == 0) {
            verifyChunk();
        }
        return count;
    }

    private void nextChunk() throws IOException {
        if (started && !line().isEmpty()) {
            throw malformed("A chunk is longer than it said.");
        }
        started = true;
        String[] parts = line().split(";", 2);
        if (!parts[0].matches("[0-9a-fA-F]{1,15}")) {
            throw malformed("Not the size of a chunk.");
        }
        left = Long.parseLong(parts[0], 16);
        String extension = parts.length == 2 ? parts[1].strip() : "";
        signature = extension.startsWith(SIGNATURE) ? extension.substring(SIGNATURE.length()) : "";
        if (left == 0) {
            verifyChunk();
            finished = true;
            readTrailers();
        }
    }

    private void verifyChunk() throws PayloadException {
        if (signer.isPresent() && !signer.get().acceptsChunk(digest.digest(), signature)) {
            throw new PayloadException(403, "SignatureDoesNotMatch", "A chunk's signature does not match its bytes.");
        }
    }

    private void readTrailers() throws IOException {
        StringBuilder signed = new StringBuilder();
        Optional<String> trailerSignature = Optional.empty();
        for (String line = line(); !line.isEmpty(); line = line()) {
            int colon = line.indexOf(':');
            if (colon < 1 || trailers.size() == MAX_TRAILERS || !trailing) {
                throw malformed("Not a trailer that was announced.");
            }
            String name = line.substring(0, colon).strip().toLowerCase(Locale.ROOT);
            String value = line.substring(colon + 1).strip();
            if (name.equals(TRAILER_SIGNATURE)) {
                trailerSignature = Optional.of(value);
            } else {
                trailers.put(name, value);
                signed.append(name).append(':').append(value).append('\n');
            }
        }
        if (signer.isPresent() && trailing) {
            byte[] hash = digest.digest(signed.toString().getBytes(StandardCharsets.ISO_8859_1));
            if (!signer.get().acceptsTrailer(hash, trailerSignature.orElse(""))) {
                throw new PayloadException(403, "SignatureDoesNotMatch", "The trailer's signature does not match it.");
            }
        }
    }

    /** A line without its end. The end of the body ends one too: some clients leave out the last empty line. */
    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c != '\n' && (c >= 0 || !finished); c = in.read()) {
            if (c < 0) {
                throw new EOFException("The body ended between chunks.");
            }
            if (line.length() == MAX_LINE) {
                throw malformed("A line between chunks is too long.");
            }
            line.append((char) c);
        }
        int end = line.length();
        return end > 0 && line.charAt(end - 1) == '\r' ? line.substring(0, end - 1) : line.toString();
    }

    private static PayloadException malformed(String message) {
        return new PayloadException(400, "InvalidRequest", message);
    }
}
