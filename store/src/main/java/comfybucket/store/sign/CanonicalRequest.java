package comfybucket.store.sign;

import comfybucket.store.checksum.Digests;
import comfybucket.store.http.Request;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The text that a client signs, built from what came over the wire, as
 * <a href="https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html">S3 describes it</a>.
 */
final class CanonicalRequest {
    private CanonicalRequest() {}

    /** @param path decoded */
    static String hash(Request request, String path, Query query, List<String> signedHeaders, String payload) {
        String headers = signedHeaders.stream()
                .map(name -> name + ":" + value(request, name) + "\n")
                .collect(Collectors.joining());
        String text = String.join(
                "\n",
                request.method(),
                Uri.encode(path, false),
                query(query),
                headers,
                String.join(";", signedHeaders),
                payload);
        // Header values hold one char per byte, and everything else is ASCII: so these are the bytes of the wire.
        return Hmac.hex(Digests.sha256().digest(text.getBytes(StandardCharsets.ISO_8859_1)));
    }

    private static String value(Request request, String name) {
        return request.headers().all(name).stream()
                .map(value -> value.strip().replaceAll(" +", " "))
                .collect(Collectors.joining(","));
    }

    private static String query(Query query) {
        return query.pairs().stream()
                .filter(pair -> !pair.getKey().equals("X-Amz-Signature"))
                .map(pair -> new String[] {Uri.encode(pair.getKey(), true), Uri.encode(pair.getValue(), true)})
                .sorted(Comparator.<String[], String>comparing(pair -> pair[0]).thenComparing(pair -> pair[1]))
                .map(pair -> pair[0] + "=" + pair[1])
                .collect(Collectors.joining("&"));
    }
}
