package comfybucket.store.personality;

import comfybucket.store.http.Body;
import comfybucket.store.http.Handler;
import comfybucket.store.http.Response;
import comfybucket.store.sign.Resigner;
import java.io.ByteArrayInputStream;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.GZIPInputStream;

/** Unpacks what is stored with {@code Content-Encoding: gzip} for clients that do not ask for gzip, and gives no length. */
record Gunzips() implements Habit {
    @Override
    public Handler around(Handler store, Resigner resigner) {
        return request -> {
            Response response = store.handle(request);
            boolean packed = response.headers().entrySet().stream()
                    .anyMatch(header -> header.getKey().equalsIgnoreCase("Content-Encoding")
                            && header.getValue().equals("gzip"));
            boolean wanted =
                    request.headers().first("Accept-Encoding").orElse("").contains("gzip");
            return request.method().equals("GET") && packed && !wanted && response.status() == 200
                    ? unpacked(response)
                    : response;
        };
    }

    private static Response unpacked(Response packed) throws java.io.IOException {
        byte[] bytes = Answers.bytes(packed);
        Map<String, String> headers = new LinkedHashMap<>(packed.headers());
        headers.keySet().removeIf(name -> name.equalsIgnoreCase("Content-Encoding"));
        return new Response(200, headers, new Body.Stream(out -> {
            try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
                in.transferTo(out);
            }
        }));
    }
}
