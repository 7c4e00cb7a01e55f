package comfybucket.models.cache;

import comfybucket.error.CloudException;
import comfybucket.files.FileState;
import comfybucket.storage.ObjectInfo;
import comfybucket.transfer.Comparison;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** Copies of a model that are here already, and are used as they are when they are what is wanted. */
final class Copies {
    private final Wanted wanted;

    Copies(Wanted wanted) {
        this.wanted = wanted;
    }

    /**
     * Uses one that was noted. What is asked for now and was not then is looked at, and noted too.
     *
     * @throws CloudException what the check refuses, or another SHA-256
     */
    Found use(Spot.Current copy, Outcome outcome, Optional<ObjectInfo> object) throws IOException {
        FetchOptions options = wanted.options();
        Notebook notebook = new Notebook(copy.path(), wanted.disk());
        Note note = copy.note();
        if (options.sha256().isPresent()) {
            String actual =
                    note.sha256().isPresent() ? note.sha256().get() : Comparison.sha256(copy.path(), wanted.disk());
            wanted.requireSha256(actual);
            note = note.withSha256(actual);
        }
        if (!note.rule().equals(options.check().rule())) {
            wanted.check(copy.path());
            note = note.withRule(options.check().rule());
        }
        if (!note.equals(copy.note())) {
            noteIfPossible(notebook, note);
        }
        notebook.used();
        return new Found(copy.path(), outcome, note.size(), object);
    }

    /** Whether a file of whoever has the object's bytes. */
    boolean isSame(ObjectInfo object, Path path) throws IOException {
        return Comparison.same(wanted.bucket(), object, path, wanted.disk());
    }

    /**
     * Uses a file that others put there, and that has the object's bytes.
     *
     * @throws CloudException what the check refuses, or another SHA-256
     */
    Found adopt(ObjectInfo object, Path path) throws IOException {
        FetchOptions options = wanted.options();
        if (options.sha256().isPresent()) {
            wanted.requireSha256(Comparison.sha256(path, wanted.disk()));
        }
        wanted.check(path);
        Optional<FileState> file = wanted.disk().state(path);
        if (file.isPresent()) {
            Note note = wanted.note(object, file.get().modified(), false, options.sha256());
            noteIfPossible(new Notebook(path, wanted.disk()), note);
        }
        return new Found(path, Outcome.ADOPTED, object.size(), Optional.of(object));
    }

    /** In a folder that cannot be written to, everything is looked at again next time. */
    private static void noteIfPossible(Notebook notebook, Note note) {
        try {
            notebook.add(note);
            notebook.writeEtag(Notebook.quoted(note.etag()));
        } catch (IOException readOnly) {
            // The model is there all the same.
        }
    }
}
