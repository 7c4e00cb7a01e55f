package comfybucket.outbox;

import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A file in the outbox, by its name:
 *
 * <ul>
 *   <li>{@code <job>.<owner>.job}: the record of a job that a process works on; {@code <job>.job} is nobody's
 *   <li>{@code <job>.<owner>.new}: a record that is not finished
 *   <li>{@code <job>.file.<extension>}: what the job sends
 * </ul>
 *
 * <p>Who works on a job is part of the name, so that taking a job over is one rename, which succeeds for one process
 * alone on every file system, whatever its locks do.
 *
 * @param owner of a record; empty when it is nobody's, and for what a job sends
 */
record Entry(JobId job, Kind kind, Optional<OwnerId> owner, Path path) {
    enum Kind {
        RECORD,
        UNFINISHED,
        CONTENT
    }

    private static final Pattern NAME = Pattern.compile(
            "(" + JobId.PATTERN + ")\\.(?:(?:(" + OwnerId.PATTERN + ")\\.)?(job|new)|(file)(?:\\..*)?)");

    /** Empty for what is not ours. */
    static Optional<Entry> of(Path path) {
        Matcher name = NAME.matcher(path.getFileName().toString());
        if (!name.matches()) {
            return Optional.empty();
        }
        Kind kind = name.group(4) != null ? Kind.CONTENT : name.group(3).equals("job") ? Kind.RECORD : Kind.UNFINISHED;
        return Optional.of(new Entry(
                new JobId(name.group(1)),
                kind,
                Optional.ofNullable(name.group(2)).map(OwnerId::new),
                path));
    }

    static String record(JobId job, Optional<OwnerId> owner) {
        return job + owner.map(id -> "." + id).orElse("") + ".job";
    }

    static String unfinished(JobId job, OwnerId owner) {
        return job + "." + owner + ".new";
    }

    /** @param extension without its dot; may be empty */
    static String content(JobId job, String extension) {
        return job + ".file" + (extension.isEmpty() ? "" : "." + extension);
    }
}
