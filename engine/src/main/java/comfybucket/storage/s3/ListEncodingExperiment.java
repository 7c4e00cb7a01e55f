package comfybucket.storage.s3;

import comfybucket.storage.ListPage;
import comfybucket.storage.ListRequest;
import comfybucket.storage.ObjectKey;
import comfybucket.storage.PutOptions;

/** A store that says it encodes the keys of a listing, and does not, or not all of them, shows other keys than it has. */
final class ListEncodingExperiment implements Experiment {
    @Override
    public boolean works(Laboratory laboratory) {
        ObjectKey key = laboratory.key("a+b %41&ü");
        S3Store store = laboratory.store();
        store.put(key, Laboratory.content(), PutOptions.REPLACE);
        ListPage page =
                store.list(ListRequest.all(laboratory.keys())).iterator().next();
        return page.objects().stream().anyMatch(object -> object.key().equals(key));
    }
}
