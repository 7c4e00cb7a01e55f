package comfybucket.store.s3;

import comfybucket.store.http.Response;
import comfybucket.store.xml.XmlElement;
import java.io.IOException;
import java.util.Map;

final class PutObjectTagging implements Operation {
    @Override
    public Response run(Call call) throws IOException {
        XmlElement document = Intake.document(call).orElseThrow(() -> new S3Exception(ErrorCode.MalformedXML));
        if (!document.name().equals("Tagging")) {
            throw new S3Exception(ErrorCode.MalformedXML);
        }
        Map<String, String> tags = Tags.ofDocument(document);
        call.data().objects().retag(call.bucket(), call.key(), tags);
        return Replies.ok();
    }
}
