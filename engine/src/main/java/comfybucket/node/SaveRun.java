package comfybucket.node;

import comfybucket.connect.Bucket;
import comfybucket.connect.Buckets;
import comfybucket.error.CloudException;
import comfybucket.error.Problem;
import comfybucket.naming.ItemName;
import comfybucket.naming.NameTemplate;
import comfybucket.naming.Namer;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntFunction;
import java.util.function.LongConsumer;
import java.util.stream.Collectors;

/** One run of a save node, whatever it saves: names the files, saves and shows them, several at once. */
final class SaveRun {
    /** Enough to keep the processors encoding while earlier files are on their way. */
    private static final int AT_ONCE = 2 * Runtime.getRuntime().availableProcessors() + 4;

    /** What all save nodes work with. */
    record Tools(Buckets buckets, Namer namer, Previews previews) {}

    /** The size of the pictures or of the video in pixels, for names; empty for what has none. */
    record Size(OptionalInt width, OptionalInt height) {
        static final Size NONE = new Size(OptionalInt.empty(), OptionalInt.empty());

        static Size of(int width, int height) {
            return new Size(OptionalInt.of(width), OptionalInt.of(height));
        }
    }

    private final Tools tools;
    private final SaveInputs inputs;
    private final RunContext context;
    private final Bucket bucket;
    private final Saver saver;

    /** @throws CloudException when the profile is not usable, or for reading only */
    SaveRun(Tools tools, SaveInputs inputs, RunContext context) {
        this.tools = tools;
        this.inputs = inputs;
        this.context = context;
        this.bucket = tools.buckets().open(inputs.profile());
        bucket.profile().requireWritable();
        this.saver = new Saver(bucket, Given.onConflict(inputs.onConflict(), bucket.profile()));
    }

    /**
     * Saves files that are made on the way, each when its turn comes. Progress counts files.
     *
     * @throws CloudException {@link Problem#SAVED_IN_PART} when some are in the bucket and some are not
     */
    SavedFiles saveEach(String extension, int count, Size size, IntFunction<Finished> make) {
        NameTemplate template = new NameTemplate(inputs.keyPrefix(), inputs.filename(), extension);
        List<ItemName> names = tools.namer().names(template, batch(count, size), bucket.keys(), saver.suffix());
        AtomicInteger done = new AtomicInteger();
        return save(names, index -> {
            SavedFiles.One saved = save(names.get(index), make.apply(index), bytes -> {});
            context.progress().update(done.incrementAndGet(), count);
            return saved;
        });
    }

    /**
     * Saves files that there are. Progress counts bytes.
     *
     * @param templates for each file its own
     * @throws CloudException {@link Problem#SAVED_IN_PART} when some are in the bucket and some are not
     */
    SavedFiles saveAll(List<NameTemplate> templates, List<? extends Finished> files, Size size) {
        List<ItemName> names = tools.namer().names(templates, batch(files.size(), size), bucket.keys(), saver.suffix());
        long total = files.stream().mapToLong(Finished::length).sum();
        AtomicLong moved = new AtomicLong();
        LongConsumer meter = bytes -> context.progress().update(moved.addAndGet(bytes), total);
        return save(names, index -> save(names.get(index), files.get(index), meter));
    }

    private comfybucket.naming.Batch batch(int count, Size size) {
        return new comfybucket.naming.Batch(count, size.width(), size.height(), context.widgets());
    }

    private SavedFiles.One save(ItemName name, Finished file, LongConsumer moved) {
        return new SavedFiles.One(
                saver.save(name, file, moved), tools.previews().show(file));
    }

    private SavedFiles save(List<ItemName> names, IntFunction<SavedFiles.One> item) {
        Batch<SavedFiles.One> batch = Batch.run(names.size(), AT_ONCE, item);
        batch.failure().ifPresent(failure -> fail(batch.done(), names.size(), failure));
        return SavedFiles.of(bucket, batch.done(), inputs);
    }

    /** Whoever runs a batch again must know what is in the bucket already. */
    private void fail(List<SavedFiles.One> done, int total, Throwable failure) {
        if (failure instanceof CancellationException cancelled) {
            throw cancelled;
        }
        if (!(failure instanceof CloudException problem)) {
            throw new IllegalStateException("A file could not be saved", failure);
        }
        if (done.isEmpty()) {
            throw problem;
        }
        String keys = done.stream().map(saved -> bucket.keys().uri(saved.key())).collect(Collectors.joining(", "));
        throw new CloudException(
                Problem.SAVED_IN_PART,
                Map.of(
                        "saved", Integer.toString(done.size()),
                        "total", Integer.toString(total),
                        "cause", problem.getMessage(),
                        "keys", keys),
                problem);
    }
}
