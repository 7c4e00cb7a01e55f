package comfybucket.store.sign;

import comfybucket.store.http.Request;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Who a request says has signed it, and what, by header or in its URL.
 *
 * @param time in the form {@code 20261123T101500Z}
 * @param signedHeaders lower case, in the order given
 * @param payload the body's hash, or one of the words that stand for it
 * @param expires seconds that a signed URL is good for; empty for a signed header
 */
record Claim(
        String accessKey,
        Scope scope,
        String time,
        List<String> signedHeaders,
        String signature,
        String payload,
        Optional<Long> expires) {
    static final String ALGORITHM = "AWS4-HMAC-SHA256";

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'");
    private static final long WEEK = 7 * 24 * 3_600;

    static Claim of(Request request, Query query) throws DeniedException {
        Optional<String> header = request.headers().first("Authorization");
        boolean inUrl = query.has("X-Amz-Algorithm") || query.has("X-Amz-Signature");
        if (header.isPresent() && inUrl) {
            throw new DeniedException(400, "InvalidArgument", "Sign by header or by URL, not both.");
        }
        if (inUrl) {
            return ofUrl(request, query);
        }
        if (header.isPresent()) {
            return ofHeader(request, header.get());
        }
        throw new DeniedException(403, "AccessDenied", "Access Denied. Requests have to be signed.");
    }

    private static Claim ofHeader(Request request, String header) throws DeniedException {
        if (!header.startsWith(ALGORITHM + " ")) {
            throw new DeniedException(
                    400,
                    "InvalidRequest",
                    "The authorization mechanism you have provided is not supported. Please use " + ALGORITHM + ".");
        }
        Map<String, String> fields = new HashMap<>();
        for (String field : header.substring(ALGORITHM.length()).split(",", -1)) {
            int equals = field.indexOf('=');
            if (equals > 0) {
                fields.put(
                        field.substring(0, equals).strip(),
                        field.substring(equals + 1).strip());
            }
        }
        String credential = fields.getOrDefault("Credential", "");
        String time = request.headers().first("x-amz-date").orElse("");
        Scope scope = Scope.ofCredential(credential)
                .orElseThrow(() -> malformed(
                        "AuthorizationHeaderMalformed",
                        "The credential is not of the form " + "access-key/yyyymmdd/region/s3/aws4_request."));
        String payload = request.headers()
                .first("x-amz-content-sha256")
                .orElseThrow(() ->
                        malformed("InvalidRequest", "Missing required header for this request: x-amz-content-sha256"));
        return new Claim(
                accessKey(credential),
                scope,
                time,
                signedHeaders(fields.getOrDefault("SignedHeaders", "")),
                fields.getOrDefault("Signature", ""),
                payload,
                Optional.empty());
    }

    private static Claim ofUrl(Request request, Query query) throws DeniedException {
        String credential = query.get("X-Amz-Credential").orElse("");
        Optional<Scope> scope = Scope.ofCredential(credential);
        String expires = query.get("X-Amz-Expires").orElse("");
        if (!query.get("X-Amz-Algorithm").orElse("").equals(ALGORITHM)
                || scope.isEmpty()
                || !expires.matches("\\d{1,9}")
                || Long.parseLong(expires) < 1
                || Long.parseLong(expires) > WEEK) {
            throw malformed(
                    "AuthorizationQueryParametersError",
                    "X-Amz-Algorithm, X-Amz-Credential or X-Amz-Expires (1 to 604800) is missing or not valid.");
        }
        return new Claim(
                accessKey(credential),
                scope.get(),
                query.get("X-Amz-Date").orElse(""),
                signedHeaders(query.get("X-Amz-SignedHeaders").orElse("")),
                query.get("X-Amz-Signature").orElse(""),
                request.headers()
                        .first("x-amz-content-sha256")
                        .or(() -> query.get("X-Amz-Content-Sha256"))
                        .orElse("UNSIGNED-PAYLOAD"),
                Optional.of(Long.valueOf(expires)));
    }

    private static String accessKey(String credential) {
        return credential.substring(0, credential.indexOf('/'));
    }

    private static List<String> signedHeaders(String list) {
        return List.of(list.split(";", -1));
    }

    private static DeniedException malformed(String code, String message) {
        return new DeniedException(400, code, message);
    }

    /** When it was signed; empty when that is no time, or not one on the scope's day. */
    Optional<Instant> signedAt() {
        try {
            return time.startsWith(scope.date())
                    ? Optional.of(LocalDateTime.parse(time, TIME).toInstant(ZoneOffset.UTC))
                    : Optional.empty();
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
