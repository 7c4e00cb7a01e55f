package comfybucket.store.disk;

import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A part that has been uploaded.
 *
 * @param number 1 to 10,000
 * @param etag the MD5 of its bytes, 32 hexadecimal digits
 * @param checksum algorithm and Base64 value; its type is {@code FULL_OBJECT}
 * @param size bytes
 */
public record Part(int number, String etag, Optional<ObjectMeta.Checksum> checksum, long size, Instant modified) {
    private static final Pattern NAME = Pattern.compile("(\\d{5})-([0-9a-f]{32})(?:-([A-Z0-9]+)-([\\w=-]+))?");

    /** All that is known of a part is in its file's name, so the two cannot contradict each other. */
    static String fileName(int number, String etag, Optional<ObjectMeta.Checksum> checksum) {
        String name = String.format("%05d-%s", number, etag);
        return checksum.map(sum -> name + "-" + sum.algorithm() + "-" + recode(sum.value()))
                .orElse(name);
    }

    private static String recode(String base64) {
        return Base64.getUrlEncoder().encodeToString(Base64.getDecoder().decode(base64));
    }

    static Optional<Part> fromFile(String name, Identity identity) {
        Matcher matcher = NAME.matcher(name);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        Optional<ObjectMeta.Checksum> checksum = Optional.ofNullable(matcher.group(4))
                .map(value -> new ObjectMeta.Checksum(
                        matcher.group(3),
                        "FULL_OBJECT",
                        Base64.getEncoder()
                                .encodeToString(Base64.getUrlDecoder().decode(value))));
        return Optional.of(new Part(
                Integer.parseInt(matcher.group(1)), matcher.group(2), checksum, identity.size(), identity.time()));
    }

    String fileName() {
        return fileName(number, etag, checksum);
    }
}
