package comfybucket.store.s3;

import comfybucket.store.sign.Query;
import comfybucket.store.xml.XmlElement;
import comfybucket.store.xml.XmlWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** An object's tags, in the two forms that S3 has for them. */
final class Tags {
    private static final int MAX = 10;
    private static final int MAX_KEY = 128;
    private static final int MAX_VALUE = 256;

    private Tags() {}

    /** From the header {@code x-amz-tagging}, which is written like a query. */
    static Map<String, String> ofHeader(Call call) {
        String header = call.header("x-amz-tagging").orElse("");
        Query pairs = Query.parse(header).orElseThrow(() -> new S3Exception(ErrorCode.InvalidTag));
        Map<String, String> tags = new LinkedHashMap<>();
        for (Map.Entry<String, String> pair : pairs.pairs()) {
            add(tags, pair.getKey(), pair.getValue());
        }
        return tags;
    }

    /** From the document {@code <Tagging><TagSet><Tag>…}. */
    static Map<String, String> ofDocument(XmlElement document) {
        Map<String, String> tags = new LinkedHashMap<>();
        List<XmlElement> elements =
                document.all("TagSet").flatMap(set -> set.all("Tag")).toList();
        for (XmlElement tag : elements) {
            add(
                    tags,
                    tag.text("Key").orElseThrow(() -> new S3Exception(ErrorCode.MalformedXML)),
                    tag.text("Value").orElseThrow(() -> new S3Exception(ErrorCode.MalformedXML)));
        }
        return tags;
    }

    private static void add(Map<String, String> tags, String key, String value) {
        if (key.isEmpty() || key.length() > MAX_KEY || value.length() > MAX_VALUE) {
            throw new S3Exception(ErrorCode.InvalidTag, "A tag's key has 1 to 128 characters, its value up to 256.");
        }
        if (tags.put(key, value) != null) {
            throw new S3Exception(ErrorCode.InvalidTag, "Cannot provide multiple Tags with the same key");
        }
        if (tags.size() > MAX) {
            throw new S3Exception(ErrorCode.InvalidTag, "Object tags cannot be greater than 10");
        }
    }

    static XmlWriter toDocument(Map<String, String> tags) {
        XmlWriter xml = XmlWriter.document("Tagging").open("TagSet");
        tags.forEach((key, value) ->
                xml.open("Tag").element("Key", key).element("Value", value).close("Tag"));
        return xml.close("TagSet");
    }
}
