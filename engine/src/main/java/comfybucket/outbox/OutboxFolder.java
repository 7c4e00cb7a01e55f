package comfybucket.outbox;

import comfybucket.files.PrivateFiles;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The files of an outbox, which several processes use at once. */
final class OutboxFolder {
    private static final System.Logger LOG = System.getLogger("comfybucket");
    private static final String OWNERS = "owners";

    private final Path root;

    OutboxFolder(Path root) {
        this.root = root;
    }

    Path root() {
        return root;
    }

    /** Who works here. It exists as long as something is to be done, also while nobody does it. */
    Path owners() {
        return root.resolve(OWNERS);
    }

    /** For its user alone. */
    void create() throws IOException {
        PrivateFiles.createFolders(root);
    }

    Path file(String name) {
        return root.resolve(name);
    }

    /** Where the bytes of a job are. */
    Path file(Content content) {
        return switch (content) {
            case Content.Stored(String name, var _) -> file(name);
            case Content.Picture picture -> file(picture.name());
            case Content.Elsewhere elsewhere -> elsewhere.file();
        };
    }

    /** All files of ours; none when there is no outbox yet. */
    List<Entry> entries() throws IOException {
        List<Entry> entries = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(root)) {
            files.forEach(file -> Entry.of(file).ifPresent(entries::add));
        } catch (NoSuchFileException none) {
            return List.of();
        } catch (DirectoryIteratorException failed) {
            throw failed.getCause();
        }
        return entries;
    }

    List<Entry> records() throws IOException {
        return entries().stream()
                .filter(entry -> entry.kind() == Entry.Kind.RECORD)
                .toList();
    }

    /**
     * Gives a job to somebody, or to nobody.
     *
     * @return where its record is now; empty when somebody else was faster
     */
    Optional<Path> pass(JobId job, Path record, Optional<OwnerId> to) throws IOException {
        Path target = file(Entry.record(job, to));
        try {
            Files.move(record, target, StandardCopyOption.ATOMIC_MOVE);
            return Optional.of(target);
        } catch (NoSuchFileException gone) {
            return Optional.empty();
        }
    }

    /** Removes files, as far as they can be removed. */
    static void remove(Path... files) {
        for (Path file : files) {
            try {
                Files.deleteIfExists(file);
            } catch (IOException stays) {
                LOG.log(System.Logger.Level.WARNING, "A file of the outbox cannot be removed: {0}", stays.toString());
            }
        }
    }
}
