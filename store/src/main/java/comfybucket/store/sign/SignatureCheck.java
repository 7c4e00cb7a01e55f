package comfybucket.store.sign;

import comfybucket.store.http.Request;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Accepts the requests that somebody signed who has the store's one key pair. */
public final class SignatureCheck {
    private static final Duration MAX_SKEW = Duration.ofMinutes(15);

    private final Credentials credentials;
    private final InstantSource clock;
    private volatile DerivedKey last = new DerivedKey(new Scope("", ""), new byte[0]);

    /** A key is good for a day and a region, and nearly every request comes from the same ones. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record DerivedKey(Scope scope, byte[] key) {}

    public SignatureCheck(Credentials credentials, InstantSource clock) {
        this.credentials = credentials;
        this.clock = clock;
    }

    /**
     * Checks a request's signature.
     *
     * @param path the request's path, decoded
     * @throws DeniedException with S3's error when it is not signed, wrongly signed, or not any more
     */
    public Verified verify(Request request, String path, Query query) throws DeniedException {
        Claim claim = Claim.of(request, query);
        checkTime(claim);
        checkHeaders(request, claim.signedHeaders());
        if (!Hmac.same(credentials.accessKey(), claim.accessKey())) {
            throw new DeniedException(
                    403,
                    "InvalidAccessKeyId",
                    "The AWS Access Key Id you provided does not exist in our records.",
                    Map.of("AWSAccessKeyId", claim.accessKey()));
        }
        byte[] key = signingKey(claim.scope());
        String hash = CanonicalRequest.hash(request, path, query, claim.signedHeaders(), claim.payload());
        String text =
                String.join("\n", Claim.ALGORITHM, claim.time(), claim.scope().toString(), hash);
        if (!Hmac.same(Hmac.hex(Hmac.sha256(key, text)), claim.signature())) {
            throw new DeniedException(
                    403,
                    "SignatureDoesNotMatch",
                    "The request signature we calculated does not match the signature you provided."
                            + " Check your key and signing method.");
        }
        ChunkSigner chunks = new ChunkSigner(key, claim.time(), claim.scope(), claim.signature());
        return new Verified(claim.payload(), chunks);
    }

    private byte[] signingKey(Scope scope) {
        DerivedKey derived = last;
        if (!derived.scope().equals(scope)) {
            derived = new DerivedKey(scope, scope.signingKey(credentials.secretKey()));
            last = derived;
        }
        return derived.key();
    }

    private void checkTime(Claim claim) throws DeniedException {
        Instant signed = claim.signedAt()
                .orElseThrow(() -> new DeniedException(
                        403, "AccessDenied", "X-Amz-Date is missing, or not on the day that the credential names."));
        Instant now = clock.instant();
        boolean early = signed.isAfter(now.plus(MAX_SKEW));
        if (claim.expires().isPresent()) {
            Instant end = signed.plusSeconds(claim.expires().get());
            if (early || now.isAfter(end)) {
                throw new DeniedException(
                        403,
                        "AccessDenied",
                        early ? "Request is not yet valid" : "Request has expired",
                        Map.of("Expires", end.toString(), "ServerTime", text(now)));
            }
        } else if (early || signed.isBefore(now.minus(MAX_SKEW))) {
            throw new DeniedException(
                    403,
                    "RequestTimeTooSkewed",
                    "The difference between the request time and the current time is too large.",
                    Map.of(
                            "RequestTime", claim.time(),
                            "ServerTime", text(now),
                            "MaxAllowedSkewMilliseconds", Long.toString(MAX_SKEW.toMillis())));
        }
    }

    private static String text(Instant time) {
        return time.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    /** What changes the meaning of a request has to be signed with it. */
    private static void checkHeaders(Request request, List<String> signed) throws DeniedException {
        for (String name : request.headers().names()) {
            String lower = name.toLowerCase(Locale.ROOT);
            boolean matters = lower.equals("host") || lower.startsWith("x-amz-");
            if (matters && !lower.equals("x-amz-content-sha256") && !signed.contains(lower)) {
                throw new DeniedException(
                        403,
                        "AccessDenied",
                        "There were headers present in the request which were not signed",
                        Map.of("HeadersNotSigned", lower));
            }
        }
    }
}
