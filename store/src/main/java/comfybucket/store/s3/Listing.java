package comfybucket.store.s3;

import comfybucket.store.disk.ListPage;
import comfybucket.store.disk.ListQuery;
import comfybucket.store.disk.ListedObject;
import comfybucket.store.sign.Uri;
import comfybucket.store.xml.XmlWriter;

/** What the two versions of ListObjects have in common. */
final class Listing {
    private static final int MAX_KEYS = 1_000;

    private final Call call;
    private final boolean encoded;

    Listing(Call call) {
        this.call = call;
        String encoding = call.query().get("encoding-type").orElse("");
        this.encoded = encoding.equals("url");
        if (!encoding.isEmpty() && !encoded) {
            throw new S3Exception(ErrorCode.InvalidArgument, "Invalid Encoding Method specified in Request");
        }
    }

    /** What is asked for, from the beginning. */
    ListQuery query() {
        return new ListQuery(
                call.query().get("prefix").orElse(""),
                call.query().get("delimiter").orElse(""),
                "",
                call.number("max-keys", 0, MAX_KEYS, MAX_KEYS));
    }

    /** A key as the client wants it written: as it is, or percent-encoded because XML cannot hold every key. */
    String text(String key) {
        return encoded ? Uri.encode(key, false) : key;
    }

    XmlWriter begin(ListQuery query, ListPage page) {
        XmlWriter xml = XmlWriter.document("ListBucketResult")
                .element("Name", call.bucket())
                .element("Prefix", text(query.prefix()))
                .element("MaxKeys", query.max())
                .element("IsTruncated", page.truncated());
        if (!query.delimiter().isEmpty()) {
            xml.element("Delimiter", text(query.delimiter()));
        }
        if (encoded) {
            xml.element("EncodingType", "url");
        }
        return xml;
    }

    void writeContents(XmlWriter xml, ListPage page, boolean owner) {
        for (ListedObject object : page.objects()) {
            xml.open("Contents")
                    .element("Key", text(object.key()))
                    .element("LastModified", Replies.isoDate(object.modified()))
                    .element("ETag", Replies.quoted(object.etag()))
                    .element("Size", object.size())
                    .element("StorageClass", object.storageClass());
            if (owner) {
                Owner.write(xml, "Owner");
            }
            xml.close("Contents");
        }
        for (String prefix : page.commonPrefixes()) {
            xml.open("CommonPrefixes").element("Prefix", text(prefix)).close("CommonPrefixes");
        }
    }
}
