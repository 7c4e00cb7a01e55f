package comfybucket.store.s3;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The request headers that are kept with an object and come back with it. */
final class ObjectHeaders {
    private static final Set<String> KEPT = Set.of(
            "cache-control",
            "content-disposition",
            "content-language",
            "content-type",
            "expires",
            "x-amz-storage-class");
    private static final String META = "x-amz-meta-";
    private static final int MAX_META = 2 << 10;
    private static final Set<String> CLASSES = Set.of(
            "STANDARD",
            "STANDARD_IA",
            "ONEZONE_IA",
            "INTELLIGENT_TIERING",
            "REDUCED_REDUNDANCY",
            "GLACIER",
            "GLACIER_IR",
            "DEEP_ARCHIVE",
            "EXPRESS_ONEZONE");

    private ObjectHeaders() {}

    /** The headers to keep, by lower-case name. */
    static Map<String, String> of(Call call) {
        refuseUnsupported(call);
        Map<String, String> kept = new LinkedHashMap<>();
        int meta = 0;
        for (String name : call.request().headers().names()) {
            String lower = name.toLowerCase(Locale.ROOT);
            String value = String.join(",", call.request().headers().all(name));
            if (lower.startsWith(META)) {
                meta += lower.length() - META.length() + value.length();
                kept.put(lower, value);
            } else if (KEPT.contains(lower)) {
                kept.put(lower, value);
            } else if (lower.equals("content-encoding")) {
                String encoding = withoutChunking(value);
                if (!encoding.isEmpty()) {
                    kept.put(lower, encoding);
                }
            }
        }
        if (meta > MAX_META) {
            throw new S3Exception(ErrorCode.MetadataTooLarge);
        }
        kept.putIfAbsent("content-type", "binary/octet-stream");
        String storageClass = kept.getOrDefault("x-amz-storage-class", "STANDARD");
        if (!CLASSES.contains(storageClass)) {
            throw new S3Exception(400, "InvalidStorageClass", "The storage class is not valid.", Map.of());
        }
        kept.remove("x-amz-storage-class", "STANDARD"); // S3 does not say it either
        return kept;
    }

    /** {@code aws-chunked} is how the body came, and no property of the object. */
    private static String withoutChunking(String encoding) {
        return Arrays.stream(encoding.split(",", -1))
                .map(String::strip)
                .filter(coding -> !coding.isEmpty() && !coding.equalsIgnoreCase("aws-chunked"))
                .collect(Collectors.joining(","));
    }

    /** What would promise something that we do not do. */
    private static void refuseUnsupported(Call call) {
        for (String name : call.request().headers().names()) {
            String lower = name.toLowerCase(Locale.ROOT);
            if (lower.startsWith("x-amz-server-side-encryption")
                    || lower.startsWith("x-amz-object-lock-")
                    || lower.startsWith("x-amz-grant-")) {
                throw new S3Exception(ErrorCode.NotImplemented, "Not implemented here: " + lower);
            }
        }
        String acl = call.header("x-amz-acl").orElse("private");
        if (!acl.equals("private") && !acl.startsWith("bucket-owner-")) {
            throw new S3Exception(ErrorCode.NotImplemented, "Everything is private here: there is no ACL " + acl + ".");
        }
    }

    /** The UTF-8 bytes of a text as header values hold them: one char per byte. */
    static String headerText(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }
}
