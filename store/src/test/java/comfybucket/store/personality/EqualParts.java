package comfybucket.store.personality;

import comfybucket.store.http.Handler;
import comfybucket.store.http.Request;
import comfybucket.store.http.Response;
import comfybucket.store.sign.Resigner;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Joins only parts of one size; the last may be smaller. */
record EqualParts(Map<String, Map<Integer, Long>> sizes) implements Habit {
    private static final Pattern NUMBER = Pattern.compile("<PartNumber>([0-9]+)</PartNumber>");
    private static final Pattern PARAMETERS = Pattern.compile("(?:^|&)(partNumber|uploadId)=([^&]+)");

    EqualParts() {
        this(new ConcurrentHashMap<>());
    }

    @Override
    public Handler around(Handler store, Resigner resigner) {
        return request -> {
            if (Asked.part(request)) {
                Response response = store.handle(request);
                if (response.status() == 200) {
                    sizes.computeIfAbsent(parameter(request, "uploadId"), id -> new ConcurrentHashMap<>())
                            .put(Integer.valueOf(parameter(request, "partNumber")), request.length());
                }
                return response;
            }
            if (!Asked.completion(request)) {
                return store.handle(request);
            }
            byte[] body = request.body().readAllBytes();
            return isEqual(sizes.getOrDefault(parameter(request, "uploadId"), Map.of()), body)
                    ? store.handle(Asked.withBody(request, body))
                    : Answers.error(request, 400, "InvalidPart", "All non-trailing parts must have the same length.");
        };
    }

    private static boolean isEqual(Map<Integer, Long> parts, byte[] completion) {
        List<Long> chosen = NUMBER.matcher(new String(completion, StandardCharsets.UTF_8))
                .results()
                .map(match -> parts.getOrDefault(Integer.valueOf(match.group(1)), 0L))
                .toList();
        return chosen.isEmpty()
                || (chosen.subList(0, chosen.size() - 1).stream().distinct().count() <= 1
                        && chosen.getLast() <= chosen.getFirst());
    }

    private static String parameter(Request request, String name) {
        Matcher parameters = PARAMETERS.matcher(request.query());
        while (parameters.find()) {
            if (parameters.group(1).equals(name)) {
                return parameters.group(2);
            }
        }
        return "";
    }
}
