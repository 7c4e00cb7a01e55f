package comfybucket.storage.s3;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.utils.http.SdkHttpUtils;

/**
 * A request in the one form that client and store agree on, so that they compute the same signature of it.
 *
 * @param text what is hashed and signed
 * @param signedHeaders the names of the headers that it covers
 * @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html">Signature calculations
 *     for the Authorization header</a>
 */
record CanonicalRequest(String text, String signedHeaders) {
    /** What proxies and HTTP layers change or add on the way. */
    private static final Set<String> NOT_SIGNED =
            Set.of("connection", "expect", "transfer-encoding", "user-agent", "x-amzn-trace-id");

    /** What counts as a single space. */
    private static final Pattern SPACES = Pattern.compile("\\s{2,}|[\\s&&[^ ]]");

    /** @param bodyHash as the header {@code x-amz-content-sha256} says it */
    static CanonicalRequest of(SdkHttpRequest request, String bodyHash) {
        Map<String, String> headers = headers(request);
        String names = String.join(";", headers.keySet());
        StringBuilder text = new StringBuilder(512)
                .append(request.method().name())
                .append('\n')
                .append(path(request.encodedPath()))
                .append('\n')
                .append(query(request.rawQueryParameters()))
                .append('\n');
        headers.forEach(
                (name, value) -> text.append(name).append(':').append(value).append('\n'));
        text.append('\n').append(names).append('\n').append(bodyHash);
        return new CanonicalRequest(text.toString(), names);
    }

    byte[] bytes() {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** S3 takes it as it is sent: it is neither encoded once more nor are {@code ..} and {@code //} taken out. */
    private static String path(String encoded) {
        return encoded.startsWith("/") ? encoded : "/" + encoded;
    }

    private static String query(Map<String, List<String>> parameters) {
        Map<String, List<String>> sorted = new TreeMap<>();
        parameters.forEach((name, values) -> sorted.put(
                SdkHttpUtils.urlEncode(name),
                values.stream().map(CanonicalRequest::encoded).sorted().toList()));
        // Not a stream of the sorted entries, whose comparator the JVM would make while a first request waits.
        StringJoiner query = new StringJoiner("&");
        sorted.forEach((name, values) -> values.forEach(value -> query.add(name + "=" + value)));
        return query.toString();
    }

    private static String encoded(String value) {
        return value == null ? "" : SdkHttpUtils.urlEncode(value);
    }

    private static Map<String, String> headers(SdkHttpRequest request) {
        Map<String, String> headers = new TreeMap<>();
        request.forEachHeader((name, values) -> {
            String lower = name.toLowerCase(Locale.ROOT);
            if (!NOT_SIGNED.contains(lower)) {
                headers.put(
                        lower, values.stream().map(CanonicalRequest::trimmed).collect(Collectors.joining(",")));
            }
        });
        return headers;
    }

    private static String trimmed(String value) {
        return SPACES.matcher(value.strip()).replaceAll(" ");
    }
}
