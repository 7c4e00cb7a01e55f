package comfybucket.store.s3;

import comfybucket.store.disk.ListPage;
import comfybucket.store.disk.ListQuery;
import comfybucket.store.http.Response;
import comfybucket.store.xml.XmlWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/** A continuation token is the last key or common prefix of the page before, in Base64. */
final class ListObjectsV2 implements Operation {
    @Override
    public Response run(Call call) throws IOException {
        Listing listing = new Listing(call);
        ListQuery query = listing.query();
        Optional<String> token = call.query().get("continuation-token");
        String startAfter = call.query().get("start-after").orElse("");
        ListQuery from = startAfter.isEmpty() ? query : query.afterKey(startAfter);
        if (token.isPresent()) {
            from = query.after(decode(token.get()));
        }
        ListPage page = call.data().lister().list(call.bucket(), from);
        XmlWriter xml = listing.begin(query, page)
                .element(
                        "KeyCount",
                        page.objects().size() + page.commonPrefixes().size());
        token.ifPresent(value -> xml.element("ContinuationToken", value));
        if (!startAfter.isEmpty()) {
            xml.element("StartAfter", listing.text(startAfter));
        }
        if (page.truncated()) {
            xml.element("NextContinuationToken", encode(page.last()));
        }
        listing.writeContents(
                xml, page, call.query().get("fetch-owner").orElse("").equals("true"));
        return Replies.xml(xml);
    }

    private static String encode(String last) {
        return Base64.getUrlEncoder().encodeToString(last.getBytes(StandardCharsets.UTF_8));
    }

    private static String decode(String token) {
        try {
            String last = new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
            if (!last.isEmpty()) {
                return last;
            }
        } catch (IllegalArgumentException notBase64) {
            // The same answer as for an empty one.
        }
        throw new S3Exception(ErrorCode.InvalidArgument, "The continuation token provided is incorrect");
    }
}
