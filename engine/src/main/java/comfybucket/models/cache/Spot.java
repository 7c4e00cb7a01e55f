package comfybucket.models.cache;

import comfybucket.files.FileState;
import java.nio.file.Path;

/** What is under one of the names that a model may have here. */
sealed interface Spot {
    Path path();

    /** The wanted version. */
    record Current(Path path, FileState file, Note note) implements Spot {}

    /** Another version of the same object. */
    record Outdated(Path path, FileState file, Note note) implements Spot {}

    /** The Python pack's copy of the wanted version, by its ETag and size. */
    record OfPythonPack(Path path) implements Spot {}

    /** Somebody else's; whether it has the same bytes is another question. */
    record Foreign(Path path) implements Spot {}

    /** Nothing. */
    record Free(Path path) implements Spot {}
}
