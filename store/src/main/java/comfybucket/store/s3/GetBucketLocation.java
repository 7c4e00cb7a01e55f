package comfybucket.store.s3;

import comfybucket.store.http.Response;
import comfybucket.store.xml.XmlWriter;
import java.io.IOException;

/** The empty location is S3's name for us-east-1. */
final class GetBucketLocation implements Operation {
    @Override
    public Response run(Call call) throws IOException {
        call.data().buckets().check(call.bucket());
        return Replies.xml(XmlWriter.document("LocationConstraint"));
    }
}
