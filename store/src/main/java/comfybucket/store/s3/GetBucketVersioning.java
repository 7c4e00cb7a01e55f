package comfybucket.store.s3;

import comfybucket.store.http.Response;
import comfybucket.store.xml.XmlWriter;
import java.io.IOException;

/** Without a status: versioning was never switched on. */
final class GetBucketVersioning implements Operation {
    @Override
    public Response run(Call call) throws IOException {
        call.data().buckets().check(call.bucket());
        return Replies.xml(XmlWriter.document("VersioningConfiguration"));
    }
}
