package comfybucket.storage.s3;

import comfybucket.storage.Checksum;
import comfybucket.storage.ETag;
import comfybucket.storage.ObjectInfo;
import comfybucket.storage.ObjectKey;
import comfybucket.storage.PutOptions;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import software.amazon.awssdk.http.SdkHttpResponse;

/** What the headers of an answer to HeadObject or GetObject say about the object. */
final class AnswerHeaders {
    private static final String METADATA = "x-amz-meta-";

    /** {@code bytes first-last/size}. */
    private static final Pattern CONTENT_RANGE = Pattern.compile("bytes ([0-9]{1,18})-([0-9]{1,18})/([0-9]{1,18})");

    private static final Pattern OF_PARTS = Pattern.compile("([^-]+)-([1-9][0-9]{0,4})");
    private static final String GOOGLES_CRC = "crc32c=";
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,18}");
    private static final Pattern MD5 = Pattern.compile("[0-9a-f]{32}");

    private final SdkHttpResponse answer;
    private final Optional<Matcher> range;

    AnswerHeaders(SdkHttpResponse answer) {
        this.answer = answer;
        this.range = header("Content-Range").map(CONTENT_RANGE::matcher);
        if (range.isPresent() && !range.get().matches()) {
            throw new BadReplyException("its Content-Range makes no sense");
        }
    }

    /** @param etagIsMd5 whether the store makes ETags of what it hashes, wherever it can */
    ObjectInfo info(ObjectKey key, boolean etagIsMd5) {
        ObjectInfo info = info(key);
        boolean noted = info.checksum().isPresent() || info.metadata().containsKey(PutOptions.SHA256);
        return noted || !etagIsMd5 ? info : info.withChecksum(md5(info.etag()));
    }

    ObjectInfo info(ObjectKey key) {
        long size = range.map(parts -> Long.parseLong(parts.group(3))).orElseGet(this::contentLength);
        Instant modified = lastModified();
        return new ObjectInfo(
                key,
                size,
                ETags.ofObject(header("ETag").orElse(null), size, modified),
                modified,
                header("Content-Type"),
                header("Content-Encoding"),
                metadata(),
                header("x-amz-version-id"),
                checksum());
    }

    /** Which byte of the object the answer begins with. */
    long start() {
        return range.map(parts -> Long.parseLong(parts.group(1))).orElse(0L);
    }

    /** How many bytes of the object the answer brings. */
    long length() {
        return range.map(parts -> Long.parseLong(parts.group(2)) + 1 - start()).orElseGet(this::contentLength);
    }

    /** Whether it tells of one part of the object, and not of all of it because the store knows no parts. */
    boolean isOfPart() {
        return range.isPresent() || header("x-amz-mp-parts-count").isPresent();
    }

    private long contentLength() {
        String text = required("Content-Length");
        if (!NUMBER.matcher(text).matches()) {
            throw new BadReplyException("its Content-Length makes no sense");
        }
        return Long.parseLong(text);
    }

    private Instant lastModified() {
        try {
            return ZonedDateTime.parse(required("Last-Modified"), DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant();
        } catch (DateTimeException e) {
            throw new BadReplyException("its Last-Modified makes no sense", e);
        }
    }

    private Map<String, String> metadata() {
        Map<String, String> metadata = new HashMap<>();
        answer.forEachHeader((name, values) -> {
            String lower = name.toLowerCase(Locale.ROOT);
            if (lower.startsWith(METADATA) && lower.length() > METADATA.length()) {
                metadata.put(lower.substring(METADATA.length()), String.join(",", values));
            }
        });
        return metadata;
    }

    /** The store's checksum, one of all bytes before one of parts. */
    private Optional<Checksum> checksum() {
        boolean composite =
                header("x-amz-checksum-type").map("COMPOSITE"::equals).orElse(false);
        List<Checksum> all = Stream.of(Checksum.Algorithm.values())
                .flatMap(algorithm ->
                        header("x-amz-checksum-" + algorithm)
                                .flatMap(value -> checksum(algorithm, value, composite))
                                .stream())
                .toList();
        return all.stream()
                .filter(Checksum::isWhole)
                .findFirst()
                .or(this::googlesChecksum)
                .or(() -> all.stream().findFirst());
    }

    /** One of parts ends in {@code -} and their number; without it, it says nothing. */
    private static Optional<Checksum> checksum(Checksum.Algorithm algorithm, String value, boolean composite) {
        Matcher parts = OF_PARTS.matcher(value);
        if (parts.matches()) {
            return Optional.of(new Checksum(algorithm, parts.group(1), Integer.parseInt(parts.group(2))));
        }
        return composite ? Optional.empty() : Optional.of(new Checksum(algorithm, value));
    }

    /** {@code x-goog-hash: crc32c=<base 64>,md5=<base 64>}, in one header or in two. */
    private Optional<Checksum> googlesChecksum() {
        return answer.matchingHeaders("x-goog-hash").stream()
                .flatMap(values -> Stream.of(values.split(",")))
                .map(String::strip)
                .filter(value -> value.startsWith(GOOGLES_CRC) && value.length() > GOOGLES_CRC.length())
                .map(value -> new Checksum(Checksum.Algorithm.CRC32C, value.substring(GOOGLES_CRC.length())))
                .findFirst();
    }

    /**
     * Empty for the ETag of an upload in parts, which has a dash, and for objects that are encrypted with a key.
     *
     * @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_Object.html">ETag of an object</a>
     */
    private Optional<Checksum> md5(ETag etag) {
        boolean withKey =
                header("x-amz-server-side-encryption-customer-algorithm").isPresent()
                        || header("x-amz-server-side-encryption")
                                .filter(way -> !way.equals("AES256"))
                                .isPresent();
        return Optional.of(etag.value())
                .filter(value -> !withKey && MD5.matcher(value).matches())
                .map(HexFormat.of()::parseHex)
                .map(hash ->
                        new Checksum(Checksum.Algorithm.MD5, Base64.getEncoder().encodeToString(hash)));
    }

    private String required(String name) {
        return BadReplyException.require(header(name).orElse(null), name);
    }

    private Optional<String> header(String name) {
        return answer.firstMatchingHeader(name).map(String::strip).filter(value -> !value.isEmpty());
    }
}
