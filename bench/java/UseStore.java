import comfybucket.connect.Bucket;
import comfybucket.connect.Buckets;
import comfybucket.profile.Machine;
import comfybucket.profile.ProfileRef;
import comfybucket.profile.Profiles;
import comfybucket.profile.ProfilesPlace;
import comfybucket.storage.KeyPrefix;
import comfybucket.storage.ListPage;
import comfybucket.storage.ListRequest;
import comfybucket.storage.ObjectKey;
import comfybucket.storage.Payload;
import comfybucket.storage.PutOptions;
import comfybucket.transfer.Downloader;
import comfybucket.transfer.IfTaken;
import comfybucket.transfer.Uploader;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.LongAdder;

/**
 * Uses a bucket as the engine's nodes do, on what a line of stdin says, and answers with a line. All on connections that
 * stay open.
 *
 * <pre>
 * upload PROFILE PREFIX COUNT BYTES    objects PREFIX0, PREFIX1, … of equal bytes; answers the count
 * send PROFILE KEY FILE                one object, in parts if it is large; answers how many bytes have arrived
 * fetch PROFILE KEY FILE               one object into a file that may be there; answers how many bytes have come
 * list PROFILE PREFIX                  answers the number of keys
 * first PROFILE PREFIX ROWS            answers the number of keys in the first page
 * </pre>
 */
void main() throws IOException, InterruptedException, ExecutionException {
    Machine machine = Machine.ofThisProcess();
    Profiles profiles = new Profiles(machine, ProfilesPlace.find(machine, Optional.empty(), Optional.empty()));
    BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    try (Buckets buckets = new Buckets(profiles::resolve)) {
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            String[] words = line.split(" ");
            Bucket bucket = buckets.open(new ProfileRef(words[1], "", "", ""));
            KeyPrefix prefix = new KeyPrefix(words[2]);
            System.out.println(
                    switch (words[0]) {
                        case "upload" -> upload(bucket, prefix, Integer.parseInt(words[3]), Integer.parseInt(words[4]));
                        case "send" -> send(bucket, new ObjectKey(words[2]), Path.of(words[3]));
                        case "fetch" -> fetch(bucket, new ObjectKey(words[2]), Path.of(words[3]));
                        case "list" -> list(bucket, ListRequest.all(prefix));
                        case "first" -> first(bucket, ListRequest.all(prefix), Integer.parseInt(words[3]));
                        default -> throw new IllegalArgumentException(line);
                    });
        }
    }
}

int upload(Bucket bucket, KeyPrefix prefix, int count, int bytes) throws InterruptedException, ExecutionException {
    Payload payload = Payload.of(new byte[bytes]);
    List<Future<?>> uploads = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
        for (int number = 0; number < count; number++) {
            ObjectKey key = new ObjectKey(prefix.value() + number);
            uploads.add(threads.submit(() -> bucket.store().put(key, payload, PutOptions.REPLACE)));
        }
    }
    for (Future<?> upload : uploads) {
        upload.get();
    }
    return uploads.size();
}

long send(Bucket bucket, ObjectKey key, Path file) {
    LongAdder arrived = new LongAdder();
    new Uploader(bucket, IfTaken.OVERWRITE).upload(file, key, arrived::add);
    return arrived.sum();
}

long fetch(Bucket bucket, ObjectKey key, Path file) {
    LongAdder arrived = new LongAdder();
    new Downloader(bucket, IfTaken.OVERWRITE).download(key, file, arrived::add);
    return arrived.sum();
}

int list(Bucket bucket, ListRequest request) {
    int keys = 0;
    for (ListPage page : bucket.store().list(request)) {
        keys += page.objects().size();
    }
    return keys;
}

int first(Bucket bucket, ListRequest request, int rows) {
    return bucket.store().list(request.withPageSize(rows)).iterator().next().objects().size();
}
