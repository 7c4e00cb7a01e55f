package comfybucket.store.s3;

import comfybucket.store.disk.ObjectMeta;
import comfybucket.store.disk.StagedFile;
import comfybucket.store.disk.StoredObject;
import comfybucket.store.http.Response;
import comfybucket.store.xml.XmlWriter;
import java.io.IOException;
import java.time.Instant;
import java.util.Map;

/** Copies within the folder. The bytes are the same, so ETag and checksum are kept. */
final class CopyObject implements Operation {
    @Override
    public Response run(Call call) throws IOException {
        CopySource source = CopySource.of(call);
        boolean newMeta = replaces(call, "x-amz-metadata-directive");
        boolean newTags = replaces(call, "x-amz-tagging-directive");
        if (source.bucket().equals(call.bucket()) && source.key().equals(call.key()) && !newMeta && !newTags) {
            throw new S3Exception(
                    ErrorCode.InvalidRequest,
                    "This copy request is illegal because it is trying to copy an object to itself"
                            + " without changing the object's metadata.");
        }
        Map<String, String> headers = ObjectHeaders.of(call);
        Map<String, String> tags = Tags.ofHeader(call);
        try (StoredObject object = source.open(call);
                StagedFile staged = call.data().objects().stage()) {
            staged.append(object.file(), 0, object.size());
            ObjectMeta old = object.meta();
            ObjectMeta meta = new ObjectMeta(
                    old.etag(),
                    newMeta ? headers : old.headers(),
                    newTags ? tags : old.tags(),
                    old.checksum(),
                    old.parts());
            Instant modified =
                    call.data().objects().publish(call.bucket(), call.key(), staged, meta, WriteConditions.of(call));
            return Replies.xml(result(meta, modified));
        }
    }

    private static XmlWriter result(ObjectMeta meta, Instant modified) {
        XmlWriter xml = XmlWriter.document("CopyObjectResult")
                .element("LastModified", Replies.isoDate(modified))
                .element("ETag", Replies.quoted(meta.etag()));
        ChecksumHeaders.write(xml, meta.checksum());
        return xml;
    }

    private static boolean replaces(Call call, String directive) {
        return switch (call.header(directive).orElse("COPY")) {
            case "COPY" -> false;
            case "REPLACE" -> true;
            default -> throw new S3Exception(ErrorCode.InvalidArgument, "Unknown " + directive + ".");
        };
    }
}
