package comfybucket.store.s3;

import comfybucket.store.checksum.ChecksumAlgorithm;
import comfybucket.store.checksum.Hasher;
import comfybucket.store.disk.ObjectMeta;
import comfybucket.store.disk.Part;
import comfybucket.store.disk.StagedFile;
import comfybucket.store.disk.StoredObject;
import comfybucket.store.disk.Upload;
import comfybucket.store.http.Response;
import comfybucket.store.xml.XmlWriter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;

/** A part whose bytes are those of an object, or of a range of one. */
final class UploadPartCopy implements Operation {
    private static final int BUFFER = 256 << 10;

    @Override
    public Response run(Call call) throws IOException {
        int number = call.partNumber();
        Upload upload = call.data().uploads().require(call.bucket(), call.key(), call.uploadId());
        try (StoredObject object = CopySource.of(call).open(call);
                StagedFile staged = call.data().uploads().stage()) {
            ByteRange range = range(call, object.size());
            Hasher md5 = Hasher.md5();
            Optional<ChecksumAlgorithm> algorithm = UploadPart.announced(upload);
            Optional<Hasher> hasher = algorithm.map(ChecksumAlgorithm::start);
            copy(object, range, md5, hasher, staged);
            Optional<ObjectMeta.Checksum> checksum = algorithm.map(name -> new ObjectMeta.Checksum(
                    name.name(),
                    "FULL_OBJECT",
                    Base64.getEncoder().encodeToString(hasher.orElseThrow().finish())));
            String etag = HexFormat.of().formatHex(md5.finish());
            Part part = call.data().uploads().put(upload, number, staged, etag, checksum);
            XmlWriter xml = XmlWriter.document("CopyPartResult")
                    .element("LastModified", Replies.isoDate(part.modified()))
                    .element("ETag", Replies.quoted(part.etag()));
            ChecksumHeaders.write(xml, part.checksum());
            return Replies.xml(xml);
        }
    }

    private static void copy(
            StoredObject object, ByteRange range, Hasher md5, Optional<Hasher> checksum, StagedFile staged)
            throws IOException {
        byte[] buffer = new byte[BUFFER];
        long end = range.position() + range.length();
        for (long at = range.position(); at < end; ) {
            int want = (int) Math.min(buffer.length, end - at);
            int count = object.file().read(ByteBuffer.wrap(buffer, 0, want), at);
            if (count < 0) {
                throw new IOException("The file has become shorter while it was copied.");
            }
            md5.update(buffer, 0, count);
            if (checksum.isPresent()) {
                checksum.get().update(buffer, 0, count);
            }
            staged.write(buffer, 0, count);
            at += count;
        }
    }

    /** Unlike a read's range, this one has to be complete and inside the object. */
    private static ByteRange range(Call call, long size) {
        Optional<String> header = call.header("x-amz-copy-source-range");
        if (header.isEmpty()) {
            return new ByteRange(0, size);
        }
        String last = header.get().substring(header.get().indexOf('-') + 1);
        boolean complete = header.get().matches("bytes=\\d{1,18}-\\d{1,18}") && Long.parseLong(last) < size;
        return ByteRange.parse(header.get(), size)
                .filter(range -> complete)
                .orElseThrow(() -> new S3Exception(
                        ErrorCode.InvalidArgument, "The x-amz-copy-source-range is not a range inside the source."));
    }
}
