package comfybucket.store.personality;

import comfybucket.store.http.Headers;
import comfybucket.store.http.Request;
import java.io.ByteArrayInputStream;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** What a request asks for, and requests that ask for a little less or more. */
final class Asked {
    private Asked() {}

    /** Whether it concerns an object; {@code /bucket/key}. */
    static boolean anObject(Request request) {
        return request.path().indexOf('/', 1) > 0
                && request.path().length() > request.path().indexOf('/', 1) + 1;
    }

    static boolean has(Request request, String parameter) {
        return Arrays.stream(request.query().split("&", -1))
                .anyMatch(pair -> pair.equals(parameter) || pair.startsWith(parameter + "="));
    }

    static boolean write(Request request) {
        return anObject(request)
                && (request.method().equals("PUT") || request.method().equals("POST"));
    }

    static boolean part(Request request) {
        return request.method().equals("PUT") && has(request, "uploadId");
    }

    static boolean completion(Request request) {
        return request.method().equals("POST") && anObject(request) && has(request, "uploadId");
    }

    static boolean bulkDelete(Request request) {
        return request.method().equals("POST") && has(request, "delete");
    }

    static boolean listing(Request request) {
        return request.method().equals("GET")
                && !anObject(request)
                && !has(request, "uploads")
                && !has(request, "location")
                && !has(request, "versioning");
    }

    static boolean hasHeader(Request request, String beginning) {
        return request.headers().names().stream()
                .anyMatch(name -> name.toLowerCase(Locale.ROOT).startsWith(beginning));
    }

    static Request without(Request request, String header) {
        return withHeaders(request, copy(request, header).build());
    }

    static Request with(Request request, String header, String value) {
        return withHeaders(request, copy(request, header).add(header, value).build());
    }

    static Request withoutParameter(Request request, String parameter) {
        String query = Arrays.stream(request.query().split("&", -1))
                .filter(pair -> !pair.equals(parameter) && !pair.startsWith(parameter + "="))
                .collect(Collectors.joining("&"));
        return new Request(
                request.method(), request.path(), query, request.headers(), request.body(), request.length());
    }

    static Request withPath(Request request, String path) {
        return new Request(
                request.method(), path, request.query(), request.headers(), request.body(), request.length());
    }

    /** The same with a body that was read. */
    static Request withBody(Request request, byte[] body) {
        return new Request(
                request.method(),
                request.path(),
                request.query(),
                request.headers(),
                new ByteArrayInputStream(body),
                request.length());
    }

    private static Request withHeaders(Request request, Headers headers) {
        return new Request(
                request.method(), request.path(), request.query(), headers, request.body(), request.length());
    }

    private static Headers.Builder copy(Request request, String without) {
        Headers.Builder headers = new Headers.Builder();
        for (String name : request.headers().names()) {
            if (!name.equalsIgnoreCase(without)) {
                request.headers().all(name).forEach(value -> headers.add(name, value));
            }
        }
        return headers;
    }
}
