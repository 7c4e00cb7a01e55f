package comfybucket.backup;

import comfybucket.connect.Bucket;
import comfybucket.files.FileState;
import comfybucket.ledger.Kept;
import comfybucket.ledger.Ledger;
import comfybucket.naming.Batch;
import comfybucket.naming.ItemName;
import comfybucket.naming.NameTemplate;
import comfybucket.naming.Namer;
import comfybucket.naming.OnConflict;
import comfybucket.naming.Suffix;
import comfybucket.naming.Widgets;
import comfybucket.outbox.Draft;
import comfybucket.outbox.JobInfo;
import comfybucket.outbox.Notice;
import comfybucket.outbox.Outbox;
import comfybucket.outbox.Source;
import comfybucket.profile.AutoBackup;
import comfybucket.profile.ProfileRef;
import comfybucket.transfer.ContentTypes;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * The backup of one folder to one bucket, as the settings are now.
 *
 * @param chosen the profile
 */
record FolderBackup(
        Path root, ProfileRef chosen, Bucket bucket, AutoBackup settings, Wanted wanted, Ledger ledger, Outbox outbox) {
    /** Jobs in the outbox at a time: a folder that is full already is a record a file otherwise. */
    private static final int AT_ONCE = 64;

    static FolderBackup of(Path root, ProfileRef chosen, Bucket bucket, AutoBackup settings, Outbox outbox) {
        bucket.profile().requireWritable();
        List<Path> apart = bucket.profile().localFolder().stream()
                .map(folder -> folder.toAbsolutePath().normalize())
                .toList();
        String destination = bucket.profile().endpointName() + "\n"
                + bucket.keys().bucket() + "\n" + bucket.keys().prefix();
        return new FolderBackup(
                root,
                chosen,
                bucket,
                settings,
                new Wanted(root, settings, apart),
                Ledger.of(outbox.root(), root, destination),
                outbox);
    }

    /** What is there already when a backup is turned on needs none, unless the user says so. */
    void begin(Tree tree, Consumer<Notice> user) throws IOException {
        if (ledger.exists()) {
            return;
        }
        Map<Path, Kept> before = new HashMap<>();
        if (!settings.existing()) {
            tree.files().forEach((file, state) -> {
                before.put(file, new Kept(state.size(), state.modified(), Optional.empty()));
            });
        }
        String where = "s3://" + bucket.keys().bucket() + "/" + bucket.keys().prefix();
        ledger.begin(root + " to " + where, before);
        user.accept(new Notice(
                Notice.Severity.INFO,
                "Backup is on",
                "What appears in " + root + " goes to " + where + " with the profile "
                        + bucket.profile().name() + "."
                        + (before.isEmpty() ? "" : " " + before.size() + " files that are there already do not.")));
    }

    /**
     * Gives the outbox what is finished and not backed up.
     *
     * @param still whether a file is finished
     * @return whether there is more, which can be taken soon
     */
    boolean accept(Tree tree, Namer namer, Predicate<Map.Entry<Path, FileState>> still) throws IOException {
        Map<Path, Kept> kept = ledger.files();
        List<Map.Entry<Path, FileState>> fresh = tree.files().entrySet().stream()
                .filter(entry -> !isKept(kept.get(entry.getKey()), entry.getValue()))
                .filter(entry -> wanted.has(entry.getKey()))
                .toList();
        if (fresh.isEmpty()) {
            return false;
        }
        Set<Path> waiting = outbox.desk().list().stream()
                .map(JobInfo::file)
                .filter(file -> file.startsWith(root))
                .collect(Collectors.toSet());
        int room = AT_ONCE - waiting.size();
        boolean more = false;
        for (Map.Entry<Path, FileState> entry : fresh) {
            if (waiting.contains(entry.getKey())) {
                continue;
            }
            if (room > 0 && still.test(entry)) {
                accept(entry.getKey(), namer);
                room--;
            } else {
                more = true;
            }
        }
        return more;
    }

    private static boolean isKept(Kept kept, FileState now) {
        return kept != null && kept.isOf(now.size(), now.modified());
    }

    private void accept(Path file, Namer namer) {
        String place = wanted.name(file);
        Batch one = new Batch(1, OptionalInt.empty(), OptionalInt.empty(), Widgets.NONE);
        NameTemplate template = NameTemplate.ofFile(settings.keyPrefix(), "", place);
        ItemName name =
                namer.names(template, one, bucket.keys(), Suffix.WHEN_TAKEN).getFirst();
        outbox.accept(new Draft(
                        chosen,
                        bucket,
                        name.first(),
                        Optional.of(name),
                        OnConflict.RENAME,
                        ContentTypes.of(place),
                        new Source.BackedUp(file, ledger)))
                .sendLater();
    }
}
