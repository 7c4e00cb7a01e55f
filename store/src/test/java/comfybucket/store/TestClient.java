package comfybucket.store;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Sends single requests, signed with a signer of its own, so that it does not share the store's mistakes. */
public final class TestClient {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    private final HttpClient http = HttpClient.newHttpClient();
    private final URI endpoint;
    private final String accessKey;
    private final String secretKey;

    public TestClient(URI endpoint, String accessKey, String secretKey) {
        this.endpoint = endpoint;
        this.accessKey = accessKey;
        this.secretKey = secretKey;
    }

    public static TestClient of(LocalStore store) {
        return new TestClient(store.endpoint(), store.accessKey(), store.secretKey());
    }

    /** An answer with its body as text, one char per byte. */
    public record Answer(int status, String body, Map<String, String> headers) {
        /** What an element of the body holds; "" when it is not there. */
        public String element(String name) {
            int start = body.indexOf("<" + name + ">");
            int end = body.indexOf("</" + name + ">");
            return start < 0 || end < 0 ? "" : body.substring(start + name.length() + 2, end);
        }
    }

    public Answer send(String method, String target, String body, String... headers) throws IOException {
        return send(method, target, body.getBytes(StandardCharsets.UTF_8), headers);
    }

    /**
     * Sends a request.
     *
     * @param target path and query, encoded, the query's parameters in the order of their names
     * @param headers names and values by turns; {@code x-amz-date} and {@code x-amz-content-sha256} replace our own
     */
    public Answer send(String method, String target, byte[] body, String... headers) throws IOException {
        Map<String, String> given = new TreeMap<>();
        given.put("x-amz-date", TIME.format(Instant.now()));
        given.put("x-amz-content-sha256", hex(sha256(body)));
        for (int i = 0; i < headers.length; i += 2) {
            given.put(headers[i], headers[i + 1]);
        }
        given.put("authorization", sign(method, target, given));
        return exchange(method, target, body, given);
    }

    /** Sends a request with nothing added. */
    public Answer sendUnsigned(String method, String target) throws IOException {
        return exchange(method, target, new byte[0], Map.of());
    }

    private Answer exchange(String method, String target, byte[] body, Map<String, String> headers) throws IOException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(endpoint + target)).method(method, BodyPublishers.ofByteArray(body));
        headers.forEach(request::header);
        try {
            HttpResponse<byte[]> response = http.send(request.build(), BodyHandlers.ofByteArray());
            return new Answer(
                    response.statusCode(),
                    new String(response.body(), StandardCharsets.ISO_8859_1),
                    response.headers().map().entrySet().stream()
                            .collect(Collectors.toMap(
                                    Map.Entry::getKey, entry -> entry.getValue().getFirst())));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    private String sign(String method, String target, Map<String, String> headers) {
        int mark = target.indexOf('?');
        String path = mark < 0 ? target : target.substring(0, mark);
        String query = mark < 0
                ? ""
                : Arrays.stream(target.substring(mark + 1).split("&", -1))
                        .map(pair -> pair.contains("=") ? pair : pair + "=")
                        .collect(Collectors.joining("&"));
        TreeMap<String, String> signed = new TreeMap<>(headers);
        signed.keySet().removeIf(name -> !name.startsWith("x-amz-"));
        signed.put("host", endpoint.getAuthority());
        String names = String.join(";", signed.keySet());
        String lines = signed.entrySet().stream()
                .map(entry -> entry.getKey() + ":" + entry.getValue() + "\n")
                .collect(Collectors.joining());
        String canonical = String.join("\n", method, path, query, lines, names, headers.get("x-amz-content-sha256"));
        String time = headers.get("x-amz-date");
        String scope = time.substring(0, 8) + "/us-east-1/s3/aws4_request";
        String text = String.join(
                "\n", "AWS4-HMAC-SHA256", time, scope, hex(sha256(canonical.getBytes(StandardCharsets.ISO_8859_1))));
        byte[] key = ("AWS4" + secretKey).getBytes(StandardCharsets.UTF_8);
        for (String step : scope.split("/", -1)) {
            key = hmac(key, step);
        }
        return "AWS4-HMAC-SHA256 Credential=" + accessKey + "/" + scope + ", SignedHeaders=" + names + ", Signature="
                + hex(hmac(key, text));
    }

    private static byte[] hmac(byte[] key, String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}
