package comfybucket.store.s3;

import comfybucket.store.http.Response;
import java.io.IOException;

/** Deleting what is not there is fine: afterwards it is not there. */
final class DeleteObject implements Operation {
    @Override
    public Response run(Call call) throws IOException {
        call.data().objects().delete(call.bucket(), call.key(), WriteConditions.of(call));
        return Replies.noContent();
    }
}
