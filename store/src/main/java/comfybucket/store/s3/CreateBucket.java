package comfybucket.store.s3;

import comfybucket.store.disk.Buckets;
import comfybucket.store.http.Response;
import java.io.IOException;

/** The body may name a region, which means nothing here. Creating a bucket twice is fine, as it is in us-east-1. */
final class CreateBucket implements Operation {
    @Override
    public Response run(Call call) throws IOException {
        Intake.document(call);
        if (!Buckets.isName(call.bucket())) {
            throw new S3Exception(ErrorCode.InvalidBucketName);
        }
        call.data().buckets().create(call.bucket());
        return Replies.ok().with("Location", "/" + call.bucket());
    }
}
