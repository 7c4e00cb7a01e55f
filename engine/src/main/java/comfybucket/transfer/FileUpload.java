package comfybucket.transfer;

import comfybucket.connect.Bucket;
import comfybucket.error.CloudException;
import comfybucket.error.Problem;
import comfybucket.storage.ByteRange;
import comfybucket.storage.MultipartUpload;
import comfybucket.storage.ObjectInfo;
import comfybucket.storage.ObjectKey;
import comfybucket.storage.Part;
import comfybucket.storage.Payload;
import comfybucket.storage.PutOptions;
import comfybucket.storage.PutResult;
import comfybucket.storage.WriteMode;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One file on its way into a bucket under one key: in one request, or in parts side by side when it is large. */
public final class FileUpload {
    /** Parts of one file at a time; how many requests run in all is the store's to limit. */
    private static final int WIDTH = 8;

    private final Bucket bucket;
    private final Path file;
    private final FileShape shape;

    /** @throws CloudException {@link Problem#FILE_NOT_READABLE} */
    public FileUpload(Bucket bucket, Path file) {
        this.bucket = bucket;
        this.file = file;
        this.shape = FileShape.of(file);
    }

    /** In bytes, when this was made. */
    public long size() {
        return shape.size();
    }

    /** Whether it goes in parts, so that the store refuses it only after all of them when the key is taken. */
    public boolean isLarge() {
        return shape.size() > Parts.WHOLE;
    }

    /**
     * Sends it. An upload in parts that fails is aborted, unless the watcher goes on with it later.
     *
     * @throws CloudException {@link Problem#FILE_NOT_READABLE} or {@link Problem#FILE_CHANGED}, in which case the key is
     *     as it was; or what the store says
     */
    public PutResult send(ObjectKey key, PutOptions options, UploadWatcher watcher) {
        return isLarge() ? inParts(key, options, watcher) : whole(key, options, watcher);
    }

    private PutResult whole(ObjectKey key, PutOptions options, UploadWatcher watcher) {
        PutResult result = bucket.store().put(key, Payload.of(file, 0, shape.size()), options);
        watcher.moved(shape.size());
        return result;
    }

    private PutResult inParts(ObjectKey key, PutOptions options, UploadWatcher watcher) {
        watcher.hashes(shape.size());
        FileHashes hashes = FileHashes.of(file, Parts.of(shape.size()), watcher::hashed);
        Optional<MultipartUpload> earlier =
                watcher.unfinished().filter(upload -> upload.key().equals(key));
        if (earlier.isPresent()) {
            try {
                return finish(earlier.get(), true, hashes, options, watcher);
            } catch (CloudException failed) {
                if (failed.problem() != Problem.UPLOAD_GONE) {
                    throw failed;
                }
            }
        }
        watcher.begins();
        MultipartUpload upload =
                bucket.store().multipart().create(key, options.withMetadata(Map.of(PutOptions.SHA256, hashes.whole())));
        return finish(upload, false, hashes, options, watcher);
    }

    /** @param isEarlier whether the store may have parts of it already */
    private PutResult finish(
            MultipartUpload upload, boolean isEarlier, FileHashes hashes, PutOptions options, UploadWatcher watcher) {
        boolean isOver = false;
        boolean goesOn = false;
        try {
            SentParts sent = new SentParts(bucket.store().multipart(), upload, Parts.of(shape.size()));
            if (isEarlier) {
                sent.recall(watcher::moved);
            } else {
                watcher.begun(upload);
            }
            sendMissing(sent, hashes, watcher);
            requireUnchanged();
            PutResult result = complete(upload, sent.all(), options);
            isOver = result instanceof PutResult.Stored;
            return result;
        } catch (CloudException failed) {
            goesOn = watcher.goesOnAfter(failed);
            throw failed;
        } finally {
            if (!goesOn && (isOver || giveUp(upload))) {
                watcher.ended();
            }
        }
    }

    /** Where the store cannot refuse to complete it, the last look is the one that matters. */
    private PutResult complete(MultipartUpload upload, List<Part> parts, PutOptions options) {
        boolean mustLook = options.mode() == WriteMode.CREATE_ONLY
                && !bucket.store().capabilities().createOnlyInParts();
        Optional<PutResult> there = mustLook ? there(upload.key(), options) : Optional.empty();
        WriteMode mode = mustLook ? WriteMode.REPLACE : options.mode();
        return there.orElseGet(() -> bucket.store().multipart().complete(upload, parts, mode));
    }

    private Optional<PutResult> there(ObjectKey key, PutOptions options) {
        try {
            ObjectInfo there = bucket.store().head(key);
            boolean ours = options.mark().filter(mark -> mark.isOn(there)).isPresent();
            return Optional.of(ours ? new PutResult.Stored(there.etag()) : new PutResult.Exists());
        } catch (CloudException failed) {
            if (failed.problem() == Problem.OBJECT_NOT_FOUND) {
                return Optional.empty();
            }
            throw failed;
        }
    }

    private void requireUnchanged() {
        if (!shape.equals(FileShape.of(file))) {
            throw new CloudException(Problem.FILE_CHANGED, Map.of("path", file.toString()));
        }
    }

    private void sendMissing(SentParts sent, FileHashes hashes, UploadWatcher watcher) {
        Parts plan = Parts.of(shape.size());
        try (Crew crew = new Crew(WIDTH)) {
            for (int number : sent.missing()) {
                ByteRange range = plan.range(number - 1);
                crew.start(() -> {
                    sent.send(
                            number,
                            new PartPayload(file, shape, range, hashes.parts().get(number - 1)));
                    watcher.moved(range.length());
                });
            }
            crew.join();
        } catch (CloudException refused) {
            // The store refuses what is not what was hashed.
            requireUnchanged();
            throw refused;
        }
    }

    /**
     * Also on an interrupted thread, where every request would end at once.
     *
     * @return whether the store has nothing of it any more
     */
    private boolean giveUp(MultipartUpload upload) {
        boolean interrupted = Thread.interrupted();
        try {
            bucket.store().multipart().abort(upload);
            return true;
        } catch (CloudException stays) {
            // The failure that led here is the one to tell; nothing of an upload is visible before it is completed.
            return false;
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
