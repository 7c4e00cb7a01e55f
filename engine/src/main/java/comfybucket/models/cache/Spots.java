package comfybucket.models.cache;

import comfybucket.files.Disk;
import comfybucket.files.FileState;
import comfybucket.storage.ETag;
import comfybucket.transfer.SegmentName;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The names that a model may have: the last part of its key; or, where another file has that name, the same in a folder
 * of its own, which the hash of its origin names. A name stands for what ComfyUI would load under it: the first file in
 * the type's folders.
 */
final class Spots {
    private final Origin origin;
    private final ModelPlace place;
    private final Disk disk;

    Spots(Origin origin, ModelPlace place, Disk disk) {
        this.origin = origin;
        this.place = place;
        this.disk = disk;
    }

    /** Those names, the better ones first, and what is there. */
    List<Spot> look(ETag etag, long size) throws IOException {
        List<Spot> spots = new ArrayList<>();
        for (Path name : names()) {
            spots.add(look(locate(name), etag, size));
        }
        return spots;
    }

    /** Copies of any version that are there as they were noted. */
    List<Spot.Current> copies() throws IOException {
        List<Spot.Current> copies = new ArrayList<>();
        for (Path name : names()) {
            Path path = locate(name);
            Optional<FileState> file = disk.state(path);
            if (file.isPresent()) {
                note(path, file.get()).ifPresent(note -> copies.add(new Spot.Current(path, file.get(), note)));
            }
        }
        return copies;
    }

    /** What is there, of whatever. */
    Set<FileState> files() throws IOException {
        Set<FileState> files = new HashSet<>();
        for (Path name : names()) {
            disk.state(locate(name)).ifPresent(files::add);
        }
        return files;
    }

    /** As ComfyUI's loaders list it. */
    String name(Path path) {
        return place.folders().stream()
                .map(folder -> folder.toAbsolutePath().normalize())
                .filter(path::startsWith)
                .map(folder -> folder.relativize(path).toString())
                .min((a, b) -> Integer.compare(a.length(), b.length()))
                .orElseThrow();
    }

    private List<Path> names() {
        Path plain = Path.of(SegmentName.of(origin.fileName()));
        return List.of(plain, Path.of("cloud-" + origin.mark()).resolve(plain));
    }

    private Path locate(Path name) throws IOException {
        for (Path folder : place.folders()) {
            Path path = folder.toAbsolutePath().normalize().resolve(name);
            if (disk.state(path).isPresent()) {
                return path;
            }
        }
        return place.folder().toAbsolutePath().normalize().resolve(name);
    }

    private Spot look(Path path, ETag etag, long size) throws IOException {
        Optional<FileState> file = disk.state(path);
        if (file.isEmpty()) {
            return new Spot.Free(path);
        }
        Optional<Note> note = note(path, file.get());
        if (note.isPresent()) {
            return note.get().etag().equals(etag.value())
                    ? new Spot.Current(path, file.get(), note.get())
                    : new Spot.Outdated(path, file.get(), note.get());
        }
        boolean packs = file.get().regular()
                && file.get().size() == size
                && new Notebook(path, disk).etag().equals(Optional.of(Notebook.quoted(etag.value())));
        return packs ? new Spot.OfPythonPack(path) : new Spot.Foreign(path);
    }

    private Optional<Note> note(Path path, FileState file) {
        return new Notebook(path, disk)
                .about(file).stream()
                        .filter(note -> note.origin().equals(origin))
                        .findFirst();
    }
}
