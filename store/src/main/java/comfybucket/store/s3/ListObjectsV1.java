package comfybucket.store.s3;

import comfybucket.store.disk.ListPage;
import comfybucket.store.disk.ListQuery;
import comfybucket.store.http.Response;
import comfybucket.store.xml.XmlWriter;
import java.io.IOException;

final class ListObjectsV1 implements Operation {
    @Override
    public Response run(Call call) throws IOException {
        Listing listing = new Listing(call);
        ListQuery query = listing.query();
        String marker = call.query().get("marker").orElse("");
        ListPage page = call.data().lister().list(call.bucket(), marker.isEmpty() ? query : query.after(marker));
        XmlWriter xml = listing.begin(query, page).element("Marker", listing.text(marker));
        if (page.truncated() && !query.delimiter().isEmpty()) {
            xml.element("NextMarker", listing.text(page.last())); // without a delimiter it is the last key
        }
        listing.writeContents(xml, page, true);
        return Replies.xml(xml);
    }
}
