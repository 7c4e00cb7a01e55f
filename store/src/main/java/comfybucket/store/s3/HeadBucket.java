package comfybucket.store.s3;

import comfybucket.store.http.Response;
import java.io.IOException;

final class HeadBucket implements Operation {
    @Override
    public Response run(Call call) throws IOException {
        call.data().buckets().check(call.bucket());
        return Replies.ok().with("x-amz-bucket-region", "us-east-1");
    }
}
