package comfybucket.store.s3;

import comfybucket.store.http.Response;
import java.io.IOException;
import java.util.Map;

final class DeleteObjectTagging implements Operation {
    @Override
    public Response run(Call call) throws IOException {
        call.data().objects().retag(call.bucket(), call.key(), Map.of());
        return Replies.noContent();
    }
}
