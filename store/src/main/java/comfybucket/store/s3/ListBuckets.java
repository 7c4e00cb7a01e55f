package comfybucket.store.s3;

import comfybucket.store.disk.Buckets;
import comfybucket.store.http.Response;
import comfybucket.store.xml.XmlWriter;
import java.io.IOException;

final class ListBuckets implements Operation {
    @Override
    public Response run(Call call) throws IOException {
        XmlWriter xml = XmlWriter.document("ListAllMyBucketsResult");
        Owner.write(xml, "Owner");
        xml.open("Buckets");
        for (Buckets.Bucket bucket : call.data().buckets().list()) {
            xml.open("Bucket")
                    .element("Name", bucket.name())
                    .element("CreationDate", Replies.isoDate(bucket.created()))
                    .close("Bucket");
        }
        return Replies.xml(xml.close("Buckets"));
    }
}
