package comfybucket.storage;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * How an object is stored. Start from {@link #REPLACE} or {@link #CREATE_ONLY} and add what is wanted.
 *
 * @param contentType what browsers are told; {@code application/octet-stream} unless said
 * @param metadata the user's metadata: names of lower-case letters, digits and {@code - _ .}, values of printable ASCII,
 *     because clients and stores disagree about everything else in a header
 * @param tags the object's tags, in the order given; needs {@link Capabilities#tags()}
 * @param cacheControl the Cache-Control header that the store hands out
 * @param storageClass the store's name for it, such as {@code STANDARD_IA}
 * @param mark by which the write is recognised when it is tried again later; needed for that only
 */
public record PutOptions(
        WriteMode mode,
        String contentType,
        Map<String, String> metadata,
        Map<String, String> tags,
        Optional<String> cacheControl,
        Optional<String> storageClass,
        Optional<Encryption> encryption,
        Optional<WriteMark> mark) {
    private static final Pattern METADATA_NAME = Pattern.compile("[a-z0-9._-]+");
    private static final Pattern HEADER_VALUE = Pattern.compile("[ -~]*");

    /** The name of the metadata that holds the SHA-256 of the whole object, in lower-case hex, if we know it. */
    public static final String SHA256 = "comfy-bucket-sha256";

    public static final PutOptions REPLACE = new PutOptions(
            WriteMode.REPLACE,
            "application/octet-stream",
            Map.of(),
            Map.of(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
    public static final PutOptions CREATE_ONLY = REPLACE.withMode(WriteMode.CREATE_ONLY);

    public PutOptions {
        metadata = Map.copyOf(metadata);
        tags = Collections.unmodifiableMap(new LinkedHashMap<>(tags));
        metadata.forEach((name, value) -> {
            if (!METADATA_NAME.matcher(name).matches()) {
                throw new IllegalArgumentException("Not a metadata name: " + name);
            }
            requireHeaderValue(value);
        });
        requireHeaderValue(contentType);
        cacheControl.ifPresent(PutOptions::requireHeaderValue);
        storageClass.ifPresent(PutOptions::requireHeaderValue);
    }

    public PutOptions withMode(WriteMode wanted) {
        return new PutOptions(wanted, contentType, metadata, tags, cacheControl, storageClass, encryption, mark);
    }

    public PutOptions withContentType(String wanted) {
        return new PutOptions(mode, wanted, metadata, tags, cacheControl, storageClass, encryption, mark);
    }

    /** Adds to the metadata that is there; the same name replaces. */
    public PutOptions withMetadata(Map<String, String> added) {
        Map<String, String> all = new LinkedHashMap<>(metadata);
        all.putAll(added);
        return new PutOptions(mode, contentType, all, tags, cacheControl, storageClass, encryption, mark);
    }

    public PutOptions withTags(Map<String, String> wanted) {
        return new PutOptions(mode, contentType, metadata, wanted, cacheControl, storageClass, encryption, mark);
    }

    public PutOptions withCacheControl(String wanted) {
        return new PutOptions(mode, contentType, metadata, tags, Optional.of(wanted), storageClass, encryption, mark);
    }

    public PutOptions withStorageClass(String wanted) {
        return new PutOptions(mode, contentType, metadata, tags, cacheControl, Optional.of(wanted), encryption, mark);
    }

    public PutOptions withEncryption(Encryption wanted) {
        return new PutOptions(mode, contentType, metadata, tags, cacheControl, storageClass, Optional.of(wanted), mark);
    }

    public PutOptions withMark(WriteMark wanted) {
        return new PutOptions(
                mode, contentType, metadata, tags, cacheControl, storageClass, encryption, Optional.of(wanted));
    }

    private static void requireHeaderValue(String value) {
        if (!HEADER_VALUE.matcher(value).matches()) {
            throw new IllegalArgumentException("Not printable ASCII: " + value);
        }
    }
}
