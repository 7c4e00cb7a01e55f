package comfybucket.store.s3;

import comfybucket.store.disk.ObjectMeta;
import comfybucket.store.disk.Part;
import comfybucket.store.disk.Precondition;
import comfybucket.store.disk.Upload;
import comfybucket.store.disk.Uploads;
import comfybucket.store.http.Response;
import comfybucket.store.xml.XmlElement;
import comfybucket.store.xml.XmlWriter;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Joins the parts. A client that did not get the answer may ask again, and gets the same one. */
final class CompleteMultipartUpload implements Operation {
    /** Below this, joining is a matter of a second, and a plain answer can wait for it. */
    private static final long JOINED_AT_ONCE = 1L << 30;

    @Override
    public Response run(Call call) throws IOException {
        XmlElement document = Intake.document(call).orElseThrow(() -> new S3Exception(ErrorCode.MalformedXML));
        Optional<Uploads.Completed> done = call.data().uploads().completed(call.bucket(), call.key(), call.uploadId());
        if (done.isPresent()) {
            return Replies.xml(result(call, done.get()));
        }
        Precondition precondition = WriteConditions.of(call);
        Upload upload = call.data().uploads().require(call.bucket(), call.key(), call.uploadId());
        List<Part> parts = PartChoice.choose(document, call.data().uploads().parts(upload));
        ObjectMeta meta = JoinedMeta.of(call, upload, parts);
        call.data().objects().check(call.bucket(), call.key(), precondition);
        long size = parts.stream().mapToLong(Part::size).sum();
        LongAnswer.Work work = () -> result(call, call.data().uploads().complete(upload, parts, meta, precondition));
        return size < JOINED_AT_ONCE ? Replies.xml(work.run()) : LongAnswer.to(call, work);
    }

    private static XmlWriter result(Call call, Uploads.Completed completed) {
        XmlWriter xml = XmlWriter.document("CompleteMultipartUploadResult")
                .element(
                        "Location",
                        "http://" + call.header("Host").orElse("")
                                + call.request().path())
                .element("Bucket", call.bucket())
                .element("Key", call.key())
                .element("ETag", Replies.quoted(completed.etag()));
        ChecksumHeaders.write(xml, completed.checksum());
        completed.checksum().ifPresent(sum -> xml.element("ChecksumType", sum.type()));
        return xml;
    }
}
