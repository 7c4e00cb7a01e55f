package comfybucket.models.cache;

import comfybucket.error.Amount;
import comfybucket.error.CloudException;
import comfybucket.error.Problem;
import comfybucket.files.Disk;
import comfybucket.files.FileState;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The models that we downloaded, by what lies beside them; nothing else is counted or removed. A model that has an empty
 * file {@code <file>.keep} beside it stays.
 */
record Shelf(Budget budget, Disk disk) {
    private static final String KEEP = ".keep";
    private static final String OWN_FOLDERS = "cloud-";
    /** What was asked for so lately may be about to be loaded, here or on another machine. */
    private static final Duration IN_USE = Duration.ofMinutes(10);

    private record Model(Path path, long size, Instant lastUse, boolean stays) {}

    /**
     * Removes the least recently used until so much more fits.
     *
     * @param except what is about to be written
     * @throws CloudException {@link Problem#MODEL_CACHE_FULL}
     */
    void makeRoom(long needed, Path except) throws IOException {
        List<Model> models = new ArrayList<>();
        for (Path folder : budget.folders()) {
            collect(folder.toAbsolutePath().normalize(), models);
        }
        models.removeIf(model -> model.path().equals(except));
        long used = models.stream().mapToLong(Model::size).sum();
        List<Model> removable = models.stream()
                .filter(model -> !model.stays())
                .sorted(Comparator.comparing(Model::lastUse))
                .toList();
        long removed = removable.stream().mapToLong(Model::size).sum();
        if (used - removed + needed > budget.bytes()) {
            throw new CloudException(
                    Problem.MODEL_CACHE_FULL,
                    Map.of(
                            "limit",
                            Amount.of(budget.bytes()),
                            "needed",
                            Amount.of(needed),
                            "staying",
                            Amount.of(used - removed)));
        }
        for (Model model : removable) {
            if (used + needed <= budget.bytes()) {
                return;
            }
            new Notebook(model.path(), disk).deleteAll();
            used -= model.size();
        }
    }

    private void collect(Path folder, List<Model> models) throws IOException {
        if (disk.state(folder).isEmpty()) {
            return;
        }
        for (Path entry : disk.list(folder)) {
            String name = entry.getFileName().toString();
            if (name.startsWith(OWN_FOLDERS)
                    && disk.state(entry).filter(state -> !state.regular()).isPresent()) {
                for (Path inner : disk.list(entry)) {
                    model(inner).ifPresent(models::add);
                }
            } else {
                model(entry).ifPresent(models::add);
            }
        }
    }

    private Optional<Model> model(Path notes) throws IOException {
        String name = notes.getFileName().toString();
        if (!name.endsWith(Notebook.NOTES)) {
            return Optional.empty();
        }
        Path path = notes.resolveSibling(name.substring(0, name.length() - Notebook.NOTES.length()));
        Notebook notebook = new Notebook(path, disk);
        Optional<FileState> file = disk.state(path);
        Optional<Instant> lastUse = notebook.lastUse();
        if (file.isEmpty() || lastUse.isEmpty()) {
            return Optional.empty();
        }
        List<Note> about = notebook.about(file.get());
        if (about.isEmpty() || !about.stream().allMatch(Note::downloaded)) {
            return Optional.empty();
        }
        boolean stays =
                disk.state(path.resolveSibling(path.getFileName() + KEEP)).isPresent()
                        || lastUse.get().isAfter(Instant.now().minus(IN_USE));
        return Optional.of(new Model(path, file.get().size(), lastUse.get(), stays));
    }
}
