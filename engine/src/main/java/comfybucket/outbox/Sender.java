package comfybucket.outbox;

import comfybucket.connect.Bucket;
import comfybucket.error.CloudException;
import comfybucket.error.Problem;
import comfybucket.naming.Namer;
import comfybucket.naming.OtherNames;
import comfybucket.naming.SpareName;
import comfybucket.profile.ProfileRef;
import comfybucket.storage.ObjectInfo;
import comfybucket.storage.ObjectKey;
import comfybucket.storage.PutOptions;
import comfybucket.storage.PutResult;
import comfybucket.storage.WriteMark;
import comfybucket.storage.WriteMode;
import java.io.IOException;
import java.util.Map;
import java.util.function.Function;
import java.util.function.LongConsumer;

/** Sends a job once: what it wrote earlier, perhaps in another process, it finds and does not write again. */
final class Sender {
    /** A unique suffix is unique: when several in a row are taken, the store says so of everything. */
    private static final int TRIES = 5;

    private final Function<ProfileRef, Bucket> open;
    private final Namer namer;
    private final Bodies bodies;

    Sender(Function<ProfileRef, Bucket> open, Namer namer, Bodies bodies) {
        this.open = open;
        this.namer = namer;
        this.bodies = bodies;
    }

    /**
     * Returns when the file is in the bucket; of a job that was cancelled, when the store has nothing of it any more.
     *
     * @param moved is told how many more bytes have arrived
     * @return where the file is
     */
    ObjectKey send(Task task, LongConsumer moved) throws IOException {
        Job job = task.job();
        Bucket bucket = open.apply(job.destination().settings());
        job.destination().requireSame(bucket);
        OpenUploads open = new OpenUploads(bucket, task);
        if (task.state().cancelled()) {
            open.end();
            return task.state().key();
        }
        open.endNameless();
        try {
            bucket.profile().requireWritable();
            ObjectKey key = new Sending(bucket, task, bodies.of(job, bucket), moved, open).send();
            open.end();
            return key;
        } catch (CloudException failed) {
            if (!Outcome.passes(failed)) {
                open.end();
            }
            throw failed;
        }
    }

    /** What is under a key. */
    private enum There {
        NOTHING,
        OURS,
        ANOTHER
    }

    /** One job on its way into its bucket. */
    private final class Sending {
        private final Bucket bucket;
        private final Task task;
        private final Body body;
        private final LongConsumer moved;
        private final OpenUploads open;
        private final boolean createsOnly;
        private boolean again;

        Sending(Bucket bucket, Task task, Body body, LongConsumer moved, OpenUploads open) {
            this.bucket = bucket;
            this.task = task;
            this.body = body;
            this.moved = moved;
            this.open = open;
            this.createsOnly = bucket.store().capabilities().createOnly();
            this.again = task.tried();
        }

        ObjectKey send() throws IOException {
            task.isTried();
            return switch (task.job().onConflict()) {
                case OVERWRITE -> again && body.isLarge() && there() == There.OURS ? key() : replace();
                case FAIL -> create();
                case RENAME -> createsOnly ? createUnderFreeName() : replaceUnderFinalName();
            };
        }

        private ObjectKey key() {
            return task.state().key();
        }

        private ObjectKey create() {
            if (!created()) {
                throw taken();
            }
            return key();
        }

        private ObjectKey createUnderFreeName() throws IOException {
            for (int tries = 0; !created(); tries++) {
                if (tries == TRIES || task.job().spare().isEmpty()) {
                    throw taken();
                }
                rename(task.job().spare().get());
            }
            return key();
        }

        /** The name was made so that nobody else has it, unless the store could do more when the job was accepted. */
        private ObjectKey replaceUnderFinalName() throws IOException {
            if (again && there() == There.OURS) {
                return key();
            }
            SpareName spare = task.job().spare().orElse(null);
            if (spare != null && spare.plain().equals(key())) {
                rename(spare);
            }
            return replace();
        }

        private void rename(SpareName spare) throws IOException {
            open.end();
            boolean isBackup = task.job().isBackup();
            ObjectKey next = isBackup
                    ? spare.marked(task.job().nonce())
                    : task.others().map(OtherNames::another).orElseGet(() -> namer.another(spare));
            task.note(new Change.Renamed(next));
            again = isBackup;
        }

        private ObjectKey replace() {
            put(WriteMode.REPLACE);
            return key();
        }

        /** Whether the key was free, and now has the file. */
        private boolean created() {
            // A large file is refused only when all of it was sent; without create-only writes it is never refused.
            if (body.isLarge() || !createsOnly) {
                There there = there();
                if (there != There.NOTHING) {
                    return there == There.OURS;
                }
            }
            return put(createsOnly ? WriteMode.CREATE_ONLY : WriteMode.REPLACE) instanceof PutResult.Stored;
        }

        private PutResult put(WriteMode mode) {
            PutOptions options = bucket.profile()
                    .saving()
                    .options(
                            PutOptions.REPLACE.withContentType(task.job().contentType()),
                            bucket.store().capabilities());
            WriteMark mark = new WriteMark(task.job().nonce(), again);
            return body.put(key(), options.withMode(mode).withMark(mark), new Watch(bucket, task, moved));
        }

        private There there() {
            try {
                ObjectInfo object = bucket.store().head(key());
                return new WriteMark(task.job().nonce(), again).isOn(object) ? There.OURS : There.ANOTHER;
            } catch (CloudException e) {
                if (e.problem() == Problem.OBJECT_NOT_FOUND) {
                    return There.NOTHING;
                }
                throw e;
            }
        }

        private CloudException taken() {
            return new CloudException(
                    Problem.OBJECT_EXISTS, Map.of("uri", bucket.keys().uri(key())));
        }
    }
}
