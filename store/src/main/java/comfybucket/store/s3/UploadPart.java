package comfybucket.store.s3;

import comfybucket.store.checksum.ChecksumAlgorithm;
import comfybucket.store.disk.Part;
import comfybucket.store.disk.StagedFile;
import comfybucket.store.disk.Upload;
import comfybucket.store.http.Response;
import java.io.IOException;
import java.util.Optional;

final class UploadPart implements Operation {
    @Override
    public Response run(Call call) throws IOException {
        PutObject.requireLength(call);
        int number = call.partNumber();
        Upload upload = call.data().uploads().require(call.bucket(), call.key(), call.uploadId());
        try (StagedFile staged = call.data().uploads().stage()) {
            Intake.Received received = Intake.receive(call, announced(upload), staged::write);
            Part part = call.data().uploads().put(upload, number, staged, received.md5(), received.checksum());
            return ChecksumHeaders.addPlain(Replies.ok().with("ETag", Replies.quoted(part.etag())), part.checksum());
        }
    }

    /** The checksum that every part needs, because the whole object's is made of theirs. */
    static Optional<ChecksumAlgorithm> announced(Upload upload) {
        return upload.checksum().map(sum -> ChecksumAlgorithm.valueOf(sum.algorithm()));
    }
}
