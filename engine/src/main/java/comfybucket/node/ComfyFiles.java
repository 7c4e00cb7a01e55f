package comfybucket.node;

import comfybucket.error.CloudException;
import comfybucket.error.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The files below ComfyUI's output and temp folders. No other file of this machine can be named, nor asked after. */
final class ComfyFiles {
    /** By ComfyUI's words for them, in the order in which a name is looked for. */
    private final Map<String, Path> folders = new LinkedHashMap<>();

    ComfyFiles(Host host) {
        host.output()
                .ifPresent(
                        folder -> folders.put("output", folder.toAbsolutePath().normalize()));
        host.temp()
                .ifPresent(folder -> folders.put("temp", folder.toAbsolutePath().normalize()));
    }

    /**
     * Finds the file under its real name, with no link on the way.
     *
     * @param name relative to one of the folders, or absolute
     * @throws CloudException {@link Problem#FILE_OUTSIDE} also when a link leads outside, and whether or not there is
     *     something; {@link Problem#FILE_NOT_READABLE}
     */
    Finished.Found find(String name) {
        String reason = "";
        for (Path folder : folders.values()) {
            Optional<Path> wanted = inside(folder, name);
            if (wanted.isEmpty()) {
                continue;
            }
            try {
                Path real = wanted.get().toRealPath();
                return shown(real).orElseThrow(() -> outside(name));
            } catch (IOException missing) {
                requireInside(wanted.get(), name);
                reason = missing.getClass().getSimpleName();
            }
        }
        if (reason.isEmpty()) {
            throw outside(name);
        }
        throw new CloudException(Problem.FILE_NOT_READABLE, Map.of("path", name, "reason", reason));
    }

    /** A text that is the same as long as the file is, or as long as there is none. */
    String version(String name) {
        try {
            Path file = find(name).file();
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            return file + " " + attributes.size() + " " + attributes.lastModifiedTime();
        } catch (CloudException | IOException none) {
            return name;
        }
    }

    /** Empty when the name alone leads out of the folder. */
    private static Optional<Path> inside(Path folder, String name) {
        try {
            Path wanted = folder.resolve(name).normalize();
            return wanted.startsWith(folder) && !wanted.equals(folder) ? Optional.of(wanted) : Optional.empty();
        } catch (InvalidPathException notAName) {
            return Optional.empty();
        }
    }

    private Optional<Finished.Found> shown(Path real) throws IOException {
        for (Map.Entry<String, Path> folder : folders.entrySet()) {
            Path root = folder.getValue().toRealPath();
            if (real.startsWith(root)) {
                String subfolder = root.relativize(real.getParent()).toString().replace('\\', '/');
                String name = real.getFileName().toString();
                return Optional.of(new Finished.Found(real, new Ui.File(name, subfolder, folder.getKey())));
            }
        }
        return Optional.empty();
    }

    /** What is not there must not tell, by a link on the way to it, what there is elsewhere. */
    private void requireInside(Path wanted, String name) {
        for (Path place = wanted; place != null; place = place.getParent()) {
            try {
                Path real = place.toRealPath();
                for (Path folder : folders.values()) {
                    if (real.startsWith(folder.toRealPath())) {
                        return;
                    }
                }
                throw outside(name);
            } catch (IOException missing) {
                if (Files.isSymbolicLink(place)) {
                    throw outside(name);
                }
            }
        }
    }

    private static CloudException outside(String name) {
        return new CloudException(Problem.FILE_OUTSIDE, Map.of("path", name));
    }
}
