package comfybucket.store.s3;

import comfybucket.store.disk.ObjectMeta;
import comfybucket.store.disk.Precondition;
import comfybucket.store.disk.StagedFile;
import comfybucket.store.http.Response;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

final class PutObject implements Operation {
    @Override
    public Response run(Call call) throws IOException {
        requireLength(call);
        Map<String, String> headers = ObjectHeaders.of(call);
        Map<String, String> tags = Tags.ofHeader(call);
        Precondition precondition = WriteConditions.of(call);
        call.data().objects().check(call.bucket(), call.key(), precondition); // before a body is sent for nothing
        try (StagedFile staged = call.data().objects().stage()) {
            Intake.Received received = Intake.receive(call, Optional.empty(), staged::write);
            ObjectMeta meta = new ObjectMeta(received.md5(), headers, tags, received.checksum(), List.of());
            call.data().objects().publish(call.bucket(), call.key(), staged, meta, precondition);
            return ChecksumHeaders.add(Replies.ok().with("ETag", Replies.quoted(meta.etag())), received.checksum());
        }
    }

    static void requireLength(Call call) {
        if (!call.request().headers().has("Content-Length")
                && !call.request().headers().has("Transfer-Encoding")) {
            throw new S3Exception(ErrorCode.MissingContentLength);
        }
    }
}
