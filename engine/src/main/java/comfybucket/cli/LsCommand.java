package comfybucket.cli;

import com.google.gson.JsonObject;
import comfybucket.browse.Glob;
import comfybucket.browse.Selection;
import comfybucket.connect.Bucket;
import comfybucket.connect.Buckets;
import comfybucket.error.Amount;
import comfybucket.storage.KeyPrefix;
import comfybucket.storage.ListPage;
import comfybucket.storage.ListRequest;
import comfybucket.storage.ObjectSummary;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Iterator;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "ls",
        mixinStandardHelpOptions = true,
        description = "Lists keys: what lies directly under a prefix, or everything that matches a pattern.")
final class LsCommand implements Callable<Integer> {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT);

    @Mixin
    private final BucketOptions options;

    @Parameters(
            arity = "0..1",
            paramLabel = "PREFIX",
            description = "What the keys begin with, or a pattern such as 'images/**/*.png', in quotes.")
    private String wanted = "";

    @Option(
            names = {"-r", "--recursive"},
            description = "Also what lies in folders.")
    private boolean recursive;

    @Option(names = "--literal", description = "Take *, ?, [ and { as they are.")
    private boolean literal;

    @Option(names = "--max", paramLabel = "N", description = "Stop after so many lines.")
    private long max = Long.MAX_VALUE;

    LsCommand(Invocation invocation) {
        this.options = new BucketOptions(invocation);
    }

    @Override
    public Integer call() {
        Lines lines = options.lines();
        try (Buckets buckets = options.buckets()) {
            Bucket bucket = buckets.open(options.chosen());
            boolean pattern = !literal && Glob.isOne(wanted);
            if (pattern || recursive) {
                Selection selection = pattern ? new Selection.Matching(wanted) : new Selection.Below(wanted);
                selection
                        .find(bucket)
                        .limit(max)
                        .takeWhile(object -> lines.areRead())
                        .forEach(object -> print(bucket, object, lines));
            } else {
                printFolder(bucket, lines);
            }
            return CommandLine.OK;
        }
    }

    private void printFolder(Bucket bucket, Lines lines) {
        long left = max;
        for (ListPage page :
                bucket.store().list(ListRequest.folder(bucket.keys().resolvePrefix(wanted)))) {
            Iterator<KeyPrefix> folders = page.folders().iterator();
            Iterator<ObjectSummary> objects = page.objects().iterator();
            for (; folders.hasNext() && left > 0; left--) {
                print(bucket, folders.next(), lines);
            }
            for (; objects.hasNext() && left > 0; left--) {
                print(bucket, objects.next(), lines);
            }
            if (left == 0 || !lines.areRead()) {
                return;
            }
        }
    }

    private static void print(Bucket bucket, KeyPrefix folder, Lines lines) {
        String name = bucket.keys().show(folder);
        lines.print(() -> String.format(Locale.ROOT, "%10s  %16s  %s", "", "", Printable.text(name)), () -> {
            JsonObject line = new JsonObject();
            line.addProperty("folder", name);
            return line;
        });
    }

    private static void print(Bucket bucket, ObjectSummary object, Lines lines) {
        String key = bucket.keys().show(object.key());
        lines.print(
                () -> String.format(
                        Locale.ROOT,
                        "%10s  %s  %s",
                        Amount.of(object.size()),
                        TIME.format(object.lastModified().atZone(ZoneId.systemDefault())),
                        Printable.text(key)),
                () -> {
                    JsonObject line = new JsonObject();
                    line.addProperty("key", key);
                    line.addProperty("size", object.size());
                    line.addProperty("last_modified", object.lastModified().toString());
                    line.addProperty(
                            "etag",
                            object.etag().isStandIn() ? "" : object.etag().value());
                    return line;
                });
    }
}
