package comfybucket.transfer;

import comfybucket.error.CloudException;
import comfybucket.error.Problem;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Which files objects become below a folder. Whatever a key looks like, its file lies in the folder, and no two keys get
 * one file, also where the file system takes names for the same that differ by case or by Unicode normalisation.
 */
public final class Landing {
    private enum Kind {
        FILE,
        FOLDER
    }

    private final Path folder;
    private final Map<String, Kind> taken = new HashMap<>();

    public Landing(Path folder) {
        this.folder = folder.toAbsolutePath().normalize();
    }

    /**
     * The file for an object, which nothing is created for yet. The same names in the same order give the same files.
     *
     * @param name the part of the key that is to be seen below the folder
     */
    public synchronized Path file(String name) {
        List<String> segments = List.of(name.split("/", -1));
        Path place = folder;
        for (int i = 0; i < segments.size() - 1; i++) {
            String identity = String.join("/", segments.subList(0, i + 1)) + "/";
            place = claim(place, SegmentName.of(segments.get(i)), identity, Kind.FOLDER);
        }
        return claim(place, SegmentName.of(segments.getLast()), name, Kind.FILE);
    }

    private Path claim(Path parent, String segment, String identity, Kind kind) {
        Path plain = parent.resolve(segment);
        Kind there = taken.putIfAbsent(folded(plain), kind);
        if (there == null || (there == Kind.FOLDER && kind == Kind.FOLDER)) {
            return plain;
        }
        Path marked = parent.resolve(SegmentName.marked(segment, identity));
        taken.put(folded(marked), kind);
        return marked;
    }

    private static String folded(Path path) {
        String composed = Normalizer.normalize(path.toString(), Normalizer.Form.NFC);
        return composed.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
    }

    /**
     * Makes the folders that a file of this landing needs, following no link on the way.
     *
     * @throws CloudException {@link Problem#FOLDER_NOT_WRITABLE}
     */
    public void prepare(Path file) {
        try {
            Files.createDirectories(folder);
            Path place = folder.toRealPath();
            for (Path segment : folder.relativize(file.getParent())) {
                if (!segment.toString().isEmpty()) {
                    place = inside(place.resolve(segment));
                }
            }
        } catch (IOException refused) {
            throw DiskTrouble.notWritable(file.getParent(), refused.getClass().getSimpleName());
        }
    }

    private static Path inside(Path wanted) throws IOException {
        try {
            Files.createDirectory(wanted);
        } catch (FileAlreadyExistsException there) {
            if (!Files.isDirectory(wanted, LinkOption.NOFOLLOW_LINKS)) {
                throw DiskTrouble.notWritable(wanted, "a link or a file has the name of the folder");
            }
        }
        return wanted;
    }
}
