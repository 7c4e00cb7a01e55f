package comfybucket.transfer;

import comfybucket.connect.Bucket;
import comfybucket.error.CloudException;
import comfybucket.error.Problem;
import comfybucket.storage.ObjectKey;
import comfybucket.storage.PutOptions;
import comfybucket.storage.PutResult;
import comfybucket.storage.WriteMode;
import java.nio.file.Path;
import java.util.Map;

/** Puts files into a bucket, with what its profile says about everything that is saved. */
public final class Uploader {
    private final Bucket bucket;
    private final IfTaken ifTaken;

    /** @throws CloudException {@link Problem#PROFILE_READ_ONLY} */
    public Uploader(Bucket bucket, IfTaken ifTaken) {
        bucket.profile().requireWritable();
        this.bucket = bucket;
        this.ifTaken = ifTaken;
    }

    /**
     * @param watcher hears how far it is
     * @return whether the file was uploaded, and not left out because the key is taken
     * @throws CloudException {@link Problem#OBJECT_EXISTS}, {@link Problem#FILE_NOT_READABLE} or
     *     {@link Problem#FILE_CHANGED}, in which case the key is as it was
     */
    public boolean upload(Path file, ObjectKey key, UploadWatcher watcher) {
        FileUpload upload = new FileUpload(bucket, file);
        if (mustLookFirst(upload) && bucket.has(key)) {
            return taken(key);
        }
        PutOptions options = bucket.profile()
                .saving()
                .options(
                        PutOptions.REPLACE
                                .withMode(mode())
                                .withContentType(
                                        ContentTypes.of(file.getFileName().toString())),
                        bucket.store().capabilities());
        return switch (upload.send(key, options, watcher)) {
            case PutResult.Stored stored -> true;
            case PutResult.Exists exists -> taken(key);
        };
    }

    private WriteMode mode() {
        boolean careful =
                ifTaken != IfTaken.OVERWRITE && bucket.store().capabilities().createOnly();
        return careful ? WriteMode.CREATE_ONLY : WriteMode.REPLACE;
    }

    /** Where the store cannot refuse the write itself, and where it would do so only after all the bytes. */
    private boolean mustLookFirst(FileUpload upload) {
        return ifTaken != IfTaken.OVERWRITE && (mode() == WriteMode.REPLACE || upload.isLarge());
    }

    private boolean taken(ObjectKey key) {
        if (ifTaken == IfTaken.SKIP) {
            return false;
        }
        throw new CloudException(
                Problem.OBJECT_EXISTS, Map.of("uri", bucket.keys().uri(key)));
    }
}
