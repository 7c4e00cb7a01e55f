package comfybucket.store.s3;

import comfybucket.store.http.Response;
import java.io.IOException;

final class DeleteBucket implements Operation {
    @Override
    public Response run(Call call) throws IOException {
        call.data().buckets().delete(call.bucket());
        return Replies.noContent();
    }
}
