package comfybucket.store.s3;

import comfybucket.store.disk.Upload;
import comfybucket.store.http.Response;
import comfybucket.store.xml.XmlWriter;
import java.io.IOException;
import java.util.List;

/** Uploads are few, so all of them are read and one page is shown. A delimiter is refused rather than ignored. */
final class ListMultipartUploads implements Operation {
    private static final int MAX_UPLOADS = 1_000;

    @Override
    public Response run(Call call) throws IOException {
        if (!call.query().get("delimiter").orElse("").isEmpty()) {
            throw new S3Exception(ErrorCode.NotImplemented, "Uploads cannot be rolled up by a delimiter here.");
        }
        Listing listing = new Listing(call);
        String prefix = call.query().get("prefix").orElse("");
        String keyMarker = call.query().get("key-marker").orElse("");
        String idMarker = call.query().get("upload-id-marker").orElse("");
        int max = call.number("max-uploads", 1, MAX_UPLOADS, MAX_UPLOADS);
        List<Upload> all = call.data().uploads().list(call.bucket()).stream()
                .filter(upload -> upload.key().startsWith(prefix))
                .toList();
        List<Upload> rest = all.subList(start(all, keyMarker, idMarker), all.size());
        List<Upload> page = rest.subList(0, Math.min(max, rest.size()));
        XmlWriter xml = XmlWriter.document("ListMultipartUploadsResult")
                .element("Bucket", call.bucket())
                .element("KeyMarker", listing.text(keyMarker))
                .element("UploadIdMarker", idMarker)
                .element("Prefix", listing.text(prefix))
                .element("MaxUploads", max)
                .element("IsTruncated", page.size() < rest.size());
        if (page.size() < rest.size()) {
            xml.element("NextKeyMarker", listing.text(page.getLast().key()))
                    .element("NextUploadIdMarker", page.getLast().id());
        }
        if (call.query().has("encoding-type")) {
            xml.element("EncodingType", "url");
        }
        for (Upload upload : page) {
            xml.open("Upload")
                    .element("Key", listing.text(upload.key()))
                    .element("UploadId", upload.id())
                    .element("Initiated", Replies.isoDate(upload.begun()))
                    .element(
                            "StorageClass",
                            upload.template().headers().getOrDefault("x-amz-storage-class", "STANDARD"));
            Owner.write(xml, "Initiator");
            Owner.write(xml, "Owner");
            xml.close("Upload");
        }
        return Replies.xml(xml);
    }

    /** Where the page begins: behind the upload that the markers name, or behind all uploads of the marker's key. */
    private static int start(List<Upload> all, String keyMarker, String idMarker) {
        int start = 0;
        for (int i = 0; i < all.size() && !keyMarker.isEmpty(); i++) {
            boolean sameKey = all.get(i).key().equals(keyMarker);
            if (sameKey && all.get(i).id().equals(idMarker)) {
                return i + 1;
            }
            if (sameKey || Upload.ORDER.compare(all.get(i).key(), keyMarker) < 0) {
                start = i + 1;
            }
        }
        return start;
    }
}
