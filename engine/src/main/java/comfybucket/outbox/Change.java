package comfybucket.outbox;

import comfybucket.storage.ObjectKey;
import java.util.List;

/** What can happen to a job on its way; each is a line of its record. */
sealed interface Change {
    /** From now on an upload in parts may be unfinished at the store. */
    sealed interface OpenUpload extends Change {
        ObjectKey key();
    }

    /** The name was taken; the file gets this one. Noted before it is tried. */
    record Renamed(ObjectKey key) implements Change {}

    /**
     * An upload in parts is about to be begun under this name. Noted before, so that one whose id we never learned can be
     * found: it is none of those that were there.
     *
     * @param there the ids of the uploads of the same name that others have begun
     */
    record UploadBegins(ObjectKey key, List<String> there) implements OpenUpload {
        public UploadBegins {
            there = List.copyOf(there);
        }
    }

    /** It has this id. Noted before its first part is sent. */
    record UploadBegun(ObjectKey key, String id) implements OpenUpload {}

    /** It is completed or aborted. */
    record UploadEnded() implements Change {}

    /** The last try has failed. */
    record Failed(Failure failure) implements Change {}

    /** The user does not want it any more. */
    record Cancelled() implements Change {}
}
