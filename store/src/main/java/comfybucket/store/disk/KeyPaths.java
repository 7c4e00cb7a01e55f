package comfybucket.store.disk;

import comfybucket.store.disk.SegmentNames.Kind;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Which file holds which key. Objects that we write get the names of {@link SegmentNames}; files and folders that the
 * user put there by hand, or that were written on another kind of file system, are found under the names they have.
 */
final class KeyPaths {
    private static final String DEVICE_INITIALS = "acnlpACNLP";

    private final NameRules rules;
    private final SegmentNames here;
    private final SegmentNames elsewhere;

    KeyPaths(NameRules rules) {
        this.rules = rules;
        this.here = new SegmentNames(rules);
        this.elsewhere = new SegmentNames(rules.elsewhere());
    }

    /** The file that holds the key, or would hold it: nothing says that it is there. */
    Path find(Path bucket, String key) throws IOException {
        Path at = bucket;
        int from = 0;
        for (int slash = key.indexOf('/'); slash >= 0; slash = key.indexOf('/', from)) {
            at = find(at, key.substring(from, slash), Kind.FOLDER);
            from = slash + 1;
        }
        return find(at, key.substring(from), Kind.OBJECT);
    }

    /** The file or folder below a parent that stands for one segment. */
    Path find(Path parent, String segment, Kind kind) throws IOException {
        List<List<String>> candidates = candidates(segment, kind);
        Path ours = join(parent, candidates.getFirst());
        if (candidates.size() == 1 || isThere(ours, kind)) {
            return ours;
        }
        for (List<String> names : candidates.subList(1, candidates.size())) {
            Path other = join(parent, names);
            if (isThere(other, kind) && (!rules.folds() || hasExactly(other))) {
                return other;
            }
        }
        return ours;
    }

    private List<List<String>> candidates(String segment, Kind kind) {
        List<List<String>> candidates = new ArrayList<>(1);
        candidates.add(here.encode(segment, kind));
        for (List<String> names : List.of(elsewhere.encode(segment, kind), List.of(segment))) {
            if (!candidates.contains(names) && standsFor(names, segment, kind)) {
                candidates.add(names);
            }
        }
        return candidates;
    }

    /** Whether a listing that comes across the name shows this segment, and not another one that is written so. */
    private boolean standsFor(List<String> names, String segment, Kind kind) {
        return names.size() == 1
                && canStand(names.getFirst())
                && read(names.getFirst(), kind != Kind.OBJECT, "", List.of())
                        .filter(entry -> entry.segment().equals(segment) && entry.kind() == kind)
                        .isPresent();
    }

    /** Whether a name given by hand is one that we look at: not hidden, and one component of a path. */
    private boolean canStand(String name) {
        try {
            return !name.isEmpty()
                    && !name.startsWith(".")
                    && name.indexOf('/') < 0
                    && rules.canWrite(name)
                    && Path.of(name).getNameCount() == 1
                    && Path.of(name).getFileName().toString().equals(name)
                    && !Path.of(name).isAbsolute();
        } catch (InvalidPathException notHere) {
            return false;
        }
    }

    private static Path join(Path parent, List<String> names) {
        Path path = parent;
        for (String name : names) {
            path = path.resolve(name);
        }
        return path;
    }

    private static boolean isThere(Path path, Kind kind) {
        return kind == Kind.OBJECT
                ? Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)
                : Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS);
    }

    /** Whether the directory lists the name in this very spelling, and not one that only compares equal. */
    private static boolean hasExactly(Path path) throws IOException {
        try (DirectoryStream<Path> siblings = Files.newDirectoryStream(path.getParent())) {
            for (Path sibling : siblings) {
                if (sibling.getFileName().toString().equals(path.getFileName().toString())) {
                    return true;
                }
            }
            return false;
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
    }

    /**
     * What a name in a directory stands for.
     *
     * @param beginning what the folders above this one say of the same segment, with their names; "" and empty for most
     * @return empty for what is not served: hidden files
     */
    Optional<Entry> read(String name, boolean directory, String beginning, List<String> above) {
        if (isSimple(name) && above.isEmpty() && (name.indexOf('.') < 0) == directory) {
            return Optional.of(new Entry(name, directory ? Kind.FOLDER : Kind.OBJECT, true));
        }
        SegmentNames.Decoded decoded = SegmentNames.decode(name, directory);
        String segment = beginning + decoded.piece();
        if (decoded.kind() == Kind.BEGINNING) {
            return Optional.of(new Entry(segment, Kind.BEGINNING, true));
        }
        List<String> names = new ArrayList<>(above);
        names.add(name);
        boolean ours = here.encode(segment, decoded.kind()).equals(names);
        if (ours || elsewhere.encode(segment, decoded.kind()).equals(names)) {
            return Optional.of(new Entry(segment, decoded.kind(), ours));
        }
        return above.isEmpty() && canStand(name)
                ? Optional.of(new Entry(name, directory ? Kind.FOLDER : Kind.OBJECT, false))
                : Optional.empty();
    }

    /**
     * A name that was understood.
     *
     * @param ours whether it has the name that we would give it; where two compete that one counts
     */
    record Entry(String segment, Kind kind, boolean ours) {}

    /** A quick look that is right when it says yes: whether we write the name as it is. */
    private boolean isSimple(String name) {
        if (name.length() > SegmentNames.MAX_BODY || name.charAt(0) == '.' || mayBeDevice(name)) {
            return false;
        }
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z' && !rules.folds());
            if (!letter && !(c >= '0' && c <= '9') && c != '_' && c != '-' && c != '.') {
                return false;
            }
        }
        return name.charAt(name.length() - 1) != '.';
    }

    /** By the letter and the length of what stands before the first dot: con, com1, prn, aux, nul, lpt1, conin$, conout$. */
    private static boolean mayBeDevice(String name) {
        int dot = name.indexOf('.');
        int stem = dot < 0 ? name.length() : dot;
        return (stem == 3 || stem == 4 || stem == 6 || stem == 7) && DEVICE_INITIALS.indexOf(name.charAt(0)) >= 0;
    }
}
