package comfybucket.provider;

import java.util.EnumSet;
import java.util.Set;

/**
 * What the engine does differently for some stores, each as one rule. Which provider needs which, and why, is in the
 * providers' data files; code asks {@link Provider#has} and never for a provider's name.
 */
public enum Quirk {
    CHECKSUMS_WHEN_REQUIRED("sends and expects x-amz-checksum headers only where an operation cannot do without"),
    CONTENT_MD5_ON_BULK_DELETE("deletes objects one by one, side by side, which takes no Content-MD5"),
    NO_EXPECT_CONTINUE("sends a body at once instead of asking with Expect: 100-continue"),
    NO_AWS_CHUNKED("signs bodies as a whole, never as aws-chunked with a trailer"),
    NO_CHECKSUM_HEADERS("sends no x-amz-checksum header at all and keeps the SHA-256 in the metadata"),
    NO_PART_CHECKSUMS(
            "sends the parts of a multipart upload without x-amz-checksum headers and keeps a SHA-256 of the whole"),
    CRC64_FULL_OBJECT_ONLY("asks for no checksum of an upload in parts, and keeps a SHA-256 of the whole"),
    HTTPS_ONLY("refuses an http endpoint before anything is sent"),
    MASTER_KEY_UNUSABLE("says that an application key is needed when a key is refused"),
    MISSING_KEY_IS_DENIED("tells a 403 for one object as \"not there, or not allowed to list\""),
    BUCKET_ACL_ONLY("never sends an ACL with an object"),
    CONDITIONAL_WRITE_CONFLICT("takes a 409 on a create-only write for a race, and asks again"),
    NO_CREATE_ONLY("gives every saved file a name of its own, since no write can be refused because its key is taken"),
    NO_CREATE_ONLY_IN_PARTS("looks whether a key is taken before it completes an upload in parts"),
    CREATE_ONLY_BY_GENERATION("asks for a create-only write with x-goog-if-generation-match: 0"),
    NO_TAGS("sends no tags, and says so where tags were asked for"),
    EQUAL_PARTS("makes all parts of a multipart upload the same size, except the last"),
    ETAG_IS_MD5("compares what it downloads with the ETag of an object that was stored in one piece and without a key,"
            + " where nothing better was noted"),
    MULTIPART_ETAG_UNTRUSTED("expects nothing of the ETag of a multipart upload"),
    BULK_DELETE_700("deletes objects one by one, side by side"),
    NO_BULK_DELETE("deletes objects one by one, side by side"),
    GUNZIPS_ON_READ("asks for the bytes as they are stored, with Accept-Encoding: gzip"),
    ACCEPT_ENCODING_NOT_SIGNED("leaves Accept-Encoding out of the signature"),
    NO_X_ID("removes the SDK's x-id parameter from addresses"),
    IF_MATCH_UNQUOTED("sends the ETag without quotes in If-Match"),
    LOW_WRITE_LIMITS("backs off long after a 503 and writes with few connections"),
    NO_LIST_URL_ENCODING("lists without encoding-type=url"),
    LIST_V1("falls back to the first version of the list operation"),
    VIRTUAL_HOST_STYLE("puts the bucket into the host name"),
    NO_KEY_BELOW_KEY("explains why a key cannot be stored below another one");

    private static final Set<Quirk> FOUND_OUT = EnumSet.of(
            NO_CREATE_ONLY,
            NO_CREATE_ONLY_IN_PARTS,
            NO_TAGS,
            NO_CHECKSUM_HEADERS,
            IF_MATCH_UNQUOTED,
            LIST_V1,
            NO_LIST_URL_ENCODING,
            VIRTUAL_HOST_STYLE);

    private final String rule;

    Quirk(String rule) {
        this.rule = rule;
    }

    /** What the engine does, as the end of a sentence that begins with "The engine". */
    public String rule() {
        return rule;
    }

    /** Whether the engine can find out itself if a store has it. */
    public boolean canBeFoundOut() {
        return FOUND_OUT.contains(this);
    }
}
