package comfybucket.store.sign;

import comfybucket.store.http.Headers;
import comfybucket.store.http.Request;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Lets something that stands in front of a store change what a client has signed, for a client that has signed well. */
public final class Resigner {
    private final Credentials credentials;
    private final SignatureCheck check;

    public Resigner(String accessKey, String secretKey) {
        this.credentials = new Credentials(accessKey, secretKey);
        this.check = new SignatureCheck(credentials, InstantSource.system());
    }

    /**
     * The changed request with a signature that is right.
     *
     * @return the original when its own signature is wrong
     */
    public Request signed(Request original, Request changed) {
        try {
            Query query = Query.parse(original.query()).orElseThrow();
            check.verify(original, Uri.decode(original.path()).orElseThrow(), query);
            Claim claim = Claim.of(original, query);
            return withSignature(claim.expires().isPresent() ? byHeader(changed, claim) : changed, claim);
        } catch (DeniedException wrong) {
            return original;
        }
    }

    /** A request whose signature stood in its URL, as one that is signed by header. */
    private static Request byHeader(Request request, Claim claim) {
        Headers.Builder headers = new Headers.Builder();
        for (String name : request.headers().names()) {
            request.headers().all(name).forEach(value -> headers.add(name, value));
        }
        headers.add("x-amz-date", claim.time()).add("x-amz-content-sha256", claim.payload());
        String query = Arrays.stream(request.query().split("&", -1))
                .filter(pair -> !pair.startsWith("X-Amz-"))
                .collect(Collectors.joining("&"));
        return new Request(request.method(), request.path(), query, headers.build(), request.body(), request.length());
    }

    private Request withSignature(Request changed, Claim claim) {
        List<String> names = Stream.concat(
                        claim.signedHeaders().stream(), Stream.of("host", "x-amz-content-sha256", "x-amz-date"))
                .filter(name -> changed.headers().has(name))
                .distinct()
                .sorted()
                .toList();
        String hash = CanonicalRequest.hash(
                changed,
                Uri.decode(changed.path()).orElseThrow(),
                Query.parse(changed.query()).orElseThrow(),
                names,
                claim.payload());
        String text =
                String.join("\n", Claim.ALGORITHM, claim.time(), claim.scope().toString(), hash);
        String signature = Hmac.hex(Hmac.sha256(claim.scope().signingKey(credentials.secretKey()), text));
        Headers.Builder headers = new Headers.Builder();
        for (String name : changed.headers().names()) {
            if (!name.equalsIgnoreCase("Authorization")) {
                changed.headers().all(name).forEach(value -> headers.add(name, value));
            }
        }
        headers.add(
                "Authorization",
                Claim.ALGORITHM + " Credential=" + claim.accessKey() + "/" + claim.scope() + ", SignedHeaders="
                        + String.join(";", names) + ", Signature=" + signature);
        return new Request(
                changed.method(), changed.path(), changed.query(), headers.build(), changed.body(), changed.length());
    }
}
