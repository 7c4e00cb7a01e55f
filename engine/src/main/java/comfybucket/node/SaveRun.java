package comfybucket.node;

import comfybucket.connect.Bucket;
import comfybucket.connect.Buckets;
import comfybucket.error.CloudException;
import comfybucket.error.Problem;
import comfybucket.naming.ItemName;
import comfybucket.naming.NameTemplate;
import comfybucket.naming.Namer;
import comfybucket.outbox.Accepted;
import comfybucket.outbox.Outbox;
import comfybucket.storage.ObjectKey;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Queue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntFunction;
import java.util.function.LongConsumer;
import java.util.stream.Collectors;

/** One run of a save node, whatever it saves: names the files, saves and shows them, several at once. */
final class SaveRun {
    /** Enough to keep the processors encoding while earlier files are on their way. */
    private static final int AT_ONCE = 2 * Runtime.getRuntime().availableProcessors() + 4;

    /** For names whose files are not made yet; as long as the longest. */
    private static final String ANY_EXTENSION = "webm";

    /** What all save nodes work with. */
    record Tools(Buckets buckets, Outbox outbox, Namer namer, Previews previews) {}

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

    /**
     * @throws CloudException when the profile is not usable, or for reading only; when a choice is none, or the names are
     *     none that an object can have
     */
    SaveRun(Tools tools, SaveInputs inputs, RunContext context) {
        this.tools = tools;
        this.inputs = inputs;
        this.context = context;
        this.bucket = tools.buckets().open(inputs.profile());
        bucket.profile().requireWritable();
        this.saver = new Saver(
                tools.outbox(),
                inputs.profile(),
                bucket,
                Given.onConflict(inputs.onConflict(), bucket.profile()),
                Given.upload(inputs.upload(), bucket.profile()));
        tools.namer()
                .check(
                        new NameTemplate(inputs.keyPrefix(), inputs.filename(), ANY_EXTENSION),
                        batch(1, Size.NONE),
                        bucket.keys());
    }

    /**
     * Asks for the bucket, while the pack still makes what is to be saved. In the background nothing is asked: the outbox
     * keeps what it has until somebody has put the settings right.
     *
     * @throws CloudException when the upload would end with it in any case
     */
    void requireBucket() {
        if (saver.waits()) {
            BucketRefusal.tell(bucket);
        }
    }

    /** Whether the node is done before the files are in the bucket. */
    boolean isInBackground() {
        return !saver.waits();
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
        return save(names, make, bytes -> {}, () -> context.progress().update(done.incrementAndGet(), count));
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
        return save(names, files::get, meter, () -> {});
    }

    private comfybucket.naming.Batch batch(int count, Size size) {
        return new comfybucket.naming.Batch(count, size.width(), size.height(), context.widgets());
    }

    private SavedFiles save(List<ItemName> names, IntFunction<Finished> make, LongConsumer moved, Runnable done) {
        List<SavedFiles.One> saved = saver.waits() ? upload(names, make, moved, done) : leave(names, make, done);
        return SavedFiles.of(bucket, saved, inputs, tools.outbox().lines());
    }

    /** Each file goes into the bucket as soon as it is accepted. When one cannot, all the others are accepted still. */
    private List<SavedFiles.One> upload(
            List<ItemName> names, IntFunction<Finished> make, LongConsumer moved, Runnable done) {
        AtomicReference<CloudException> failed = new AtomicReference<>();
        Batch<Optional<SavedFiles.One>> batch = Batch.run(names.size(), AT_ONCE, index -> {
            Finished file = make.apply(index);
            Accepted accepted = saver.accept(names.get(index), file);
            if (failed.get() != null) {
                accepted.keep();
                return Optional.empty();
            }
            try {
                ObjectKey key = accepted.send(moved);
                done.run();
                return Optional.of(new SavedFiles.One(key, file.show(tools.previews())));
            } catch (CloudException failure) {
                failed.compareAndSet(null, failure);
                throw failure;
            }
        });
        List<SavedFiles.One> saved =
                batch.done().stream().flatMap(Optional::stream).toList();
        batch.failure().ifPresent(failure -> fail(saved, names.size(), failure));
        return saved;
    }

    /** All files are accepted, or none. */
    private List<SavedFiles.One> leave(List<ItemName> names, IntFunction<Finished> make, Runnable done) {
        Queue<Accepted> accepted = new ConcurrentLinkedQueue<>();
        boolean all = false;
        try {
            Batch<SavedFiles.One> batch = Batch.run(names.size(), AT_ONCE, index -> {
                Finished file = make.apply(index);
                // Drawn while the disk is busy with the others; a file that there is moves when it was accepted.
                Optional<Ui.File> drawn =
                        file instanceof Finished.Later later ? tools.previews().draw(later) : Optional.empty();
                Accepted one = saver.accept(names.get(index), file);
                accepted.add(one);
                done.run();
                return new SavedFiles.One(one.key(), drawn.or(() -> file.show(tools.previews())));
            });
            batch.failure().ifPresent(failure -> fail(List.of(), names.size(), failure));
            all = true;
            return batch.done();
        } finally {
            accepted.forEach(all ? Accepted::sendLater : Accepted::drop);
        }
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
