package comfybucket.doctor;

import comfybucket.storage.ListPage;
import comfybucket.storage.ListRequest;
import java.util.Iterator;

/** Whether keys can be listed. */
final class ListCheck implements Check {
    @Override
    public String name() {
        return "list";
    }

    @Override
    public Finding look(Patient patient) {
        ListRequest request = ListRequest.all(patient.profile().keys().prefix()).withPageSize(1);
        Iterator<ListPage> pages = patient.store().list(request).iterator();
        boolean any = pages.hasNext() && !pages.next().objects().isEmpty();
        return Finding.good(this, any ? "objects are there" : "nothing is there yet");
    }
}
