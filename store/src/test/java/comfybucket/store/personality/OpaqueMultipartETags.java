package comfybucket.store.personality;

import comfybucket.store.http.Body;
import comfybucket.store.http.Handler;
import comfybucket.store.http.Request;
import comfybucket.store.http.Response;
import comfybucket.store.sign.Resigner;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Gives an object that came in parts an ETag that says nothing about its bytes. */
record OpaqueMultipartETags(Map<String, String> opaque, Map<String, String> real) implements Habit {
    private static final Pattern ETAG = Pattern.compile("[0-9a-f]{32}-[0-9]+");

    OpaqueMultipartETags() {
        this(new ConcurrentHashMap<>(), new ConcurrentHashMap<>());
    }

    @Override
    public Handler around(Handler store, Resigner resigner) {
        return request -> {
            Response response = store.handle(understood(request, resigner));
            String etag = response.headers().get("ETag");
            if (etag != null) {
                response = response.with("ETag", replaced(etag));
            }
            if (response.body() instanceof Body.Bytes(byte[] bytes) && bytes.length > 0) {
                String text = replaced(new String(bytes, StandardCharsets.UTF_8));
                response = response.with(new Body.Bytes(text.getBytes(StandardCharsets.UTF_8)));
            }
            return response;
        };
    }

    private Request understood(Request request, Resigner resigner) {
        Optional<String> known = request.headers().first("If-Match").map(value -> real.get(value.replace("\"", "")));
        return known.map(etag -> resigner.signed(request, Asked.with(request, "If-Match", '"' + etag + '"')))
                .orElse(request);
    }

    private String replaced(String text) {
        return ETAG.matcher(text).replaceAll(match -> Matcher.quoteReplacement(opaque(match.group())));
    }

    private String opaque(String etag) {
        return opaque.computeIfAbsent(etag, known -> {
            String random = UUID.randomUUID().toString().replace("-", "");
            real.put(random, known);
            return random;
        });
    }
}
