package comfybucket.store.disk;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is known of an object beside its bytes.
 *
 * @param etag without quotes
 * @param headers what a GET answers with, by lower-case name: content-type, cache-control, x-amz-meta-… and the like;
 *     values with one char per byte
 * @param tags the object's tags in the order given
 * @param checksum of the whole object, when the client gave or asked for one
 * @param parts the parts' sizes in bytes when it was uploaded in parts, empty otherwise
 */
public record ObjectMeta(
        String etag,
        Map<String, String> headers,
        Map<String, String> tags,
        Optional<Checksum> checksum,
        List<Long> parts) {
    private static final String HEADER = "header.";
    private static final String TAG = "tag.";

    /**
     * A checksum as S3 names and writes it.
     *
     * @param algorithm such as {@code CRC64NVME}
     * @param type {@code FULL_OBJECT} or {@code COMPOSITE}
     * @param value Base64, with {@code -N} behind it when composite
     */
    public record Checksum(String algorithm, String type, String value) {}

    public ObjectMeta {
        headers = Map.copyOf(headers);
        tags = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(tags));
        parts = List.copyOf(parts);
    }

    public ObjectMeta withTags(Map<String, String> newTags) {
        return new ObjectMeta(etag, headers, newTags, checksum, parts);
    }

    Map<String, String> toFields(String key) {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("key", key);
        fields.put("etag", etag);
        checksum.ifPresent(sum -> fields.put("checksum", sum.algorithm() + " " + sum.type() + " " + sum.value()));
        if (!parts.isEmpty()) {
            fields.put(
                    "parts",
                    String.join(" ", parts.stream().map(String::valueOf).toList()));
        }
        headers.forEach((name, value) -> fields.put(HEADER + name, value));
        tags.forEach((name, value) -> fields.put(TAG + name, value));
        return fields;
    }

    /** The object that the fields describe; empty when they are not those of an object with this key. */
    static Optional<ObjectMeta> fromFields(Map<String, String> fields, String key) {
        String etag = fields.get("etag");
        if (etag == null || !key.equals(fields.get("key"))) {
            return Optional.empty();
        }
        Map<String, String> headers = new LinkedHashMap<>();
        Map<String, String> tags = new LinkedHashMap<>();
        fields.forEach((name, value) -> {
            if (name.startsWith(HEADER)) {
                headers.put(name.substring(HEADER.length()), value);
            } else if (name.startsWith(TAG)) {
                tags.put(name.substring(TAG.length()), value);
            }
        });
        try {
            return Optional.of(new ObjectMeta(etag, headers, tags, checksum(fields), parts(fields)));
        } catch (IllegalArgumentException damaged) {
            return Optional.empty();
        }
    }

    private static Optional<Checksum> checksum(Map<String, String> fields) {
        String[] words = fields.getOrDefault("checksum", "").split(" ", -1);
        return words.length == 3 ? Optional.of(new Checksum(words[0], words[1], words[2])) : Optional.empty();
    }

    private static List<Long> parts(Map<String, String> fields) {
        List<Long> sizes = new ArrayList<>();
        for (String size : fields.getOrDefault("parts", "").split(" ", -1)) {
            if (!size.isEmpty()) {
                sizes.add(Long.valueOf(size));
            }
        }
        return sizes;
    }
}
