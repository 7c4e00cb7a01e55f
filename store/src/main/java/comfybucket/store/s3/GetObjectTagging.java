package comfybucket.store.s3;

import comfybucket.store.disk.StoredObject;
import comfybucket.store.http.Response;
import java.io.IOException;

final class GetObjectTagging implements Operation {
    @Override
    public Response run(Call call) throws IOException {
        try (StoredObject object = call.data()
                .objects()
                .open(call.bucket(), call.key())
                .orElseThrow(() -> new S3Exception(ErrorCode.NoSuchKey))) {
            return Replies.xml(Tags.toDocument(object.meta().tags()));
        }
    }
}
