import comfybucket.connect.Bucket;
import comfybucket.connect.Buckets;
import comfybucket.naming.Batch;
import comfybucket.naming.Counters;
import comfybucket.naming.ItemName;
import comfybucket.naming.NameTemplate;
import comfybucket.naming.Namer;
import comfybucket.naming.OnConflict;
import comfybucket.naming.Suffix;
import comfybucket.naming.Widgets;
import comfybucket.outbox.Accepted;
import comfybucket.outbox.Draft;
import comfybucket.outbox.Outbox;
import comfybucket.outbox.Source;
import comfybucket.profile.Machine;
import comfybucket.profile.ProfileRef;
import comfybucket.profile.Profiles;
import comfybucket.profile.ProfilesPlace;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * Uses an outbox as the engine's save nodes do, on what a line of stdin says, and answers with a line.
 *
 * <pre>
 * keep FOLDER PROFILE PREFIX COUNT BYTES             accepts files and leaves them to the next outbox; answers the count
 * list FOLDER                                        answers the number of jobs
 * send FOLDER                                        a new outbox sends what is left; answers 0 when nothing is
 * save FOLDER PROFILE PREFIX COUNT BYTES WRITERS     writers at once save files under one template, each of them one after
 *                                                    the other; answers how many were saved
 * </pre>
 */
void main() throws IOException, InterruptedException, ExecutionException {
    Machine machine = Machine.ofThisProcess();
    Profiles profiles = new Profiles(machine, ProfilesPlace.find(machine, Optional.empty(), Optional.empty()));
    BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    try (Buckets buckets = new Buckets(profiles::resolve)) {
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            String[] words = line.split(" ");
            CountDownLatch found = new CountDownLatch(1);
            try (Saver saver = new Saver(buckets, Path.of(words[1]), found::countDown)) {
                System.out.println(
                        switch (words[0]) {
                            case "keep" -> saver.saveAll(words, KEEPERS, Accepted::keep);
                            case "list" -> saver.outbox().desk().list().size();
                            case "send" -> saver.sendAll(found);
                            case "save" ->
                                saver.saveAll(words, count(words[6]), accepted -> accepted.send(moved -> {}));
                            default -> throw new IllegalArgumentException(line);
                        });
            }
        }
    }
}

/** As many threads as a node has. */
static final int KEEPERS = 8;

static int count(String word) {
    return Integer.parseInt(word);
}

record Saver(Buckets buckets, Outbox outbox, Namer namer) implements AutoCloseable {
    Saver(Buckets buckets, Path folder, Runnable told) {
        this(buckets, folder, new Namer(Clock.system(ZoneOffset.UTC), new SecureRandom(), Counters.inMemory()), told);
    }

    private Saver(Buckets buckets, Path folder, Namer namer, Runnable told) {
        this(buckets, new Outbox(folder, buckets::open, namer, notice -> told.run()), namer);
    }

    /** @param words FOLDER, PROFILE, PREFIX, COUNT and BYTES behind the command */
    int saveAll(String[] words, int writers, Consumer<Accepted> then) throws InterruptedException, ExecutionException {
        ProfileRef chosen = new ProfileRef(words[2], "", "", "");
        Bucket bucket = buckets.open(chosen);
        int files = count(words[4]);
        byte[] content = new byte[count(words[5])];
        AtomicInteger next = new AtomicInteger();
        List<Future<?>> running = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int writer = 0; writer < writers; writer++) {
                running.add(threads.submit(() -> {
                    while (next.getAndIncrement() < files) {
                        then.accept(outbox.accept(draft(chosen, bucket, words[3], content)));
                    }
                }));
            }
        }
        for (Future<?> writer : running) {
            writer.get();
        }
        return files;
    }

    private Draft draft(ProfileRef chosen, Bucket bucket, String prefix, byte[] content) {
        Batch one = new Batch(1, OptionalInt.empty(), OptionalInt.empty(), Widgets.NONE);
        ItemName name = namer.names(new NameTemplate(prefix, "cat", "png"), one, bucket.keys(), Suffix.ALWAYS)
                .getFirst();
        return new Draft(
                chosen,
                bucket,
                name.first(),
                Optional.empty(),
                OnConflict.RENAME,
                "image/png",
                new Source.Bytes(MemorySegment.ofArray(content), "png"));
    }

    /** @param found comes to 0 when the outbox has told what it has found */
    int sendAll(CountDownLatch found) throws InterruptedException {
        outbox.start();
        found.await();
        while (outbox.waiting() > 0) {
            Thread.sleep(1);
        }
        return outbox.waiting();
    }

    @Override
    public void close() {
        outbox.close();
    }
}
