package comfybucket.node;

import comfybucket.connect.Bucket;
import comfybucket.error.CloudException;
import comfybucket.error.Problem;
import comfybucket.media.cache.MediaCache;
import comfybucket.storage.ObjectSummary;
import comfybucket.transfer.Crew;
import comfybucket.transfer.TransferProgress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What came of fetching many objects side by side.
 *
 * @param objects those that came, in the order in which they were wanted
 * @param files theirs
 * @param failures a line for each of the others
 */
record Fetched(List<ObjectSummary> objects, List<LoadedFile> files, List<String> failures) {
    /** How many requests run in all is the store's to limit. */
    private static final int WIDTH = 32;

    /**
     * Each file is told to the progress as soon as it is there.
     *
     * @throws CloudException {@link Problem#NOTHING_LOADED} when none came
     * @throws java.util.concurrent.CancellationException when the thread is interrupted; nothing runs any more by then
     */
    static Fetched all(List<ObjectSummary> wanted, Bucket bucket, MediaCache cache, Progress progress) {
        long total = wanted.stream().mapToLong(ObjectSummary::size).sum();
        AtomicLong arrived = new AtomicLong();
        LoadedFile[] files = new LoadedFile[wanted.size()];
        CloudException[] failures = new CloudException[wanted.size()];
        try (Crew crew = new Crew(WIDTH)) {
            for (int i = 0; i < files.length; i++) {
                int index = i;
                ObjectSummary object = wanted.get(i);
                crew.start(() -> {
                    try {
                        TransferProgress share = share(arrived, total, progress);
                        files[index] = new LoadedFile(
                                cache.version(bucket, object, share),
                                bucket.keys().uri(object.key()));
                        share.update(object.size(), object.size());
                        progress.arrived(files[index]);
                    } catch (CloudException failed) {
                        failures[index] = failed;
                    }
                });
            }
            crew.join();
        }
        return collect(wanted, bucket, files, failures);
    }

    private static Fetched collect(
            List<ObjectSummary> wanted, Bucket bucket, LoadedFile[] files, CloudException[] failures) {
        Fetched fetched = new Fetched(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        for (int i = 0; i < files.length; i++) {
            if (files[i] == null) {
                fetched.failures().add(bucket.keys().uri(wanted.get(i).key()) + " failed: " + failures[i].getMessage());
            } else {
                fetched.objects().add(wanted.get(i));
                fetched.files().add(files[i]);
            }
        }
        if (fetched.files().isEmpty()) {
            throw new CloudException(
                    Problem.NOTHING_LOADED,
                    Map.of("total", Integer.toString(files.length), "cause", failures[0].getMessage()),
                    failures[0]);
        }
        return fetched;
    }

    /** Adds what one object brings to what all have brought. */
    private static TransferProgress share(AtomicLong arrived, long total, Progress progress) {
        AtomicLong before = new AtomicLong();
        return (done, size) -> progress.update(arrived.addAndGet(done - before.getAndSet(done)), total);
    }
}
