package comfybucket.store.s3;

import comfybucket.store.disk.Precondition;
import comfybucket.store.http.Response;
import comfybucket.store.xml.XmlElement;
import comfybucket.store.xml.XmlWriter;
import java.io.IOException;
import java.util.List;

final class DeleteObjects implements Operation {
    private static final int MAX = 1_000;

    @Override
    public Response run(Call call) throws IOException {
        call.data().buckets().check(call.bucket());
        XmlElement document = Intake.document(call).orElseThrow(() -> new S3Exception(ErrorCode.MalformedXML));
        List<XmlElement> objects = document.all("Object").toList();
        if (!document.name().equals("Delete") || objects.isEmpty() || objects.size() > MAX) {
            throw new S3Exception(ErrorCode.MalformedXML);
        }
        boolean quiet = document.text("Quiet").orElse("").equalsIgnoreCase("true");
        XmlWriter xml = XmlWriter.document("DeleteResult");
        for (XmlElement object : objects) {
            String key = object.text("Key")
                    .filter(text -> !text.isEmpty())
                    .orElseThrow(() -> new S3Exception(ErrorCode.MalformedXML));
            delete(call, key, quiet, xml);
        }
        return Replies.xml(xml);
    }

    private static void delete(Call call, String key, boolean quiet, XmlWriter xml) {
        try {
            call.data().objects().delete(call.bucket(), key, Precondition.NONE);
            if (!quiet) {
                xml.open("Deleted").element("Key", key).close("Deleted");
            }
        } catch (IOException e) {
            xml.open("Error")
                    .element("Key", key)
                    .element("Code", ErrorCode.InternalError)
                    .element("Message", ErrorCode.InternalError.message())
                    .close("Error");
        }
    }
}
