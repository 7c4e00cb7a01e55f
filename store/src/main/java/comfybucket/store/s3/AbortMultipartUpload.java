package comfybucket.store.s3;

import comfybucket.store.http.Response;
import java.io.IOException;

final class AbortMultipartUpload implements Operation {
    @Override
    public Response run(Call call) throws IOException {
        call.data().uploads().abort(call.data().uploads().require(call.bucket(), call.key(), call.uploadId()));
        return Replies.noContent();
    }
}
