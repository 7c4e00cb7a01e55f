package comfybucket.models.cache;

import comfybucket.files.Disk;
import comfybucket.files.DiskFile;
import comfybucket.files.FileState;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/**
 * What lies beside a model: {@code <file>.s3etag} in the form in which the Python pack wrote it and reads it, and
 * {@code <file>.s3model} with what we know more. Each is replaced at one moment, so whoever shares the folder reads the
 * old or the new. The time of the second file is when the model was last used.
 */
final class Notebook {
    static final String NOTES = ".s3model";
    private static final String ETAG = ".s3etag";
    /** More than any note has. */
    private static final int LONGEST = 1 << 20;

    private final Path model;
    private final Disk disk;

    Notebook(Path model, Disk disk) {
        this.model = model;
        this.disk = disk;
    }

    /** Those that are about the file as it is. */
    List<Note> about(FileState file) {
        return all().stream().filter(note -> note.isOf(file)).toList();
    }

    private List<Note> all() {
        return read(beside(NOTES)).map(NotesText::parse).orElse(List.of());
    }

    /** Adds a note about what the file is or is about to become; what was noted about others than these is dropped. */
    void add(Note note) throws IOException {
        List<Note> notes = new ArrayList<>();
        Optional<FileState> now = disk.state(model);
        for (Note other : all()) {
            boolean stands = now.filter(other::isOf).isPresent()
                    || (other.size() == note.size() && other.modified().equals(note.modified()));
            boolean same =
                    other.origin().equals(note.origin()) && other.modified().equals(note.modified());
            if (stands && !same) {
                notes.add(other);
            }
        }
        notes.add(note);
        write(beside(NOTES), NotesText.of(notes));
    }

    /** The ETag in the quotes in which the store sends it, as the Python pack keeps it. */
    Optional<String> etag() {
        return read(beside(ETAG)).map(String::strip);
    }

    void writeEtag(String quoted) throws IOException {
        write(beside(ETAG), quoted);
    }

    static String quoted(String etag) {
        return "\"" + etag + "\"";
    }

    Optional<Instant> lastUse() throws IOException {
        return disk.state(beside(NOTES)).map(FileState::modified);
    }

    /** Notes that the model is used now, where the folder can be written to. */
    void used() {
        try {
            disk.setModified(beside(NOTES), Instant.now());
        } catch (IOException readOnly) {
            // Whoever may not write here removes nothing here either.
        }
    }

    /** Takes the model away, and then what is beside it. */
    void deleteAll() throws IOException {
        disk.delete(model);
        disk.delete(beside(ETAG));
        disk.delete(beside(NOTES));
    }

    private Path beside(String ending) {
        return model.resolveSibling(model.getFileName() + ending);
    }

    private Optional<String> read(Path file) {
        try (DiskFile open = disk.read(file)) {
            ByteBuffer bytes = ByteBuffer.allocate((int) Math.min(LONGEST, open.size()));
            open.readFully(bytes, 0);
            return Optional.of(new String(bytes.array(), StandardCharsets.UTF_8));
        } catch (IOException unreadable) {
            return Optional.empty();
        }
    }

    private void write(Path file, String text) throws IOException {
        String id = String.format("%08x", ThreadLocalRandom.current().nextInt());
        Path fresh = file.resolveSibling(file.getFileName() + "." + id + Leftovers.TEMPORARY);
        try {
            try (DiskFile open = disk.create(fresh)) {
                open.writeFully(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)), 0);
                open.force();
            }
            disk.replace(fresh, file);
        } catch (IOException failed) {
            disk.delete(fresh);
            throw failed;
        }
    }
}
