package comfybucket.store.s3;

import comfybucket.store.disk.Part;
import comfybucket.store.disk.Upload;
import comfybucket.store.http.Response;
import comfybucket.store.xml.XmlWriter;
import java.io.IOException;
import java.util.List;

final class ListParts implements Operation {
    private static final int MAX_PARTS = 1_000;

    @Override
    public Response run(Call call) throws IOException {
        Upload upload = call.data().uploads().require(call.bucket(), call.key(), call.uploadId());
        int marker = call.number("part-number-marker", 0, Integer.MAX_VALUE, 0);
        int max = call.number("max-parts", 0, MAX_PARTS, MAX_PARTS);
        List<Part> rest = call.data().uploads().parts(upload).stream()
                .filter(part -> part.number() > marker)
                .toList();
        List<Part> page = rest.subList(0, Math.min(max, rest.size()));
        XmlWriter xml = XmlWriter.document("ListPartsResult")
                .element("Bucket", upload.bucket())
                .element("Key", upload.key())
                .element("UploadId", upload.id())
                .element("PartNumberMarker", marker)
                .element(
                        "NextPartNumberMarker",
                        page.isEmpty() ? marker : page.getLast().number())
                .element("MaxParts", max)
                .element("IsTruncated", page.size() < rest.size())
                .element("StorageClass", upload.template().headers().getOrDefault("x-amz-storage-class", "STANDARD"));
        upload.checksum()
                .ifPresent(
                        sum -> xml.element("ChecksumAlgorithm", sum.algorithm()).element("ChecksumType", sum.type()));
        Owner.write(xml, "Initiator");
        Owner.write(xml, "Owner");
        for (Part part : page) {
            xml.open("Part")
                    .element("PartNumber", part.number())
                    .element("LastModified", Replies.isoDate(part.modified()))
                    .element("ETag", Replies.quoted(part.etag()))
                    .element("Size", part.size());
            ChecksumHeaders.write(xml, part.checksum());
            xml.close("Part");
        }
        return Replies.xml(xml);
    }
}
