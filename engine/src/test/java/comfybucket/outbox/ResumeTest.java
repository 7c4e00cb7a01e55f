package comfybucket.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import comfybucket.error.CloudException;
import comfybucket.naming.OnConflict;
import comfybucket.storage.KeyPrefix;
import comfybucket.storage.MultipartUpload;
import comfybucket.storage.ObjectKey;
import comfybucket.storage.Payload;
import comfybucket.storage.PutOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** An upload in parts goes on with the parts that the store has. */
@Timeout(300)
class ResumeTest {
    private static final Pattern PART = Pattern.compile("partNumber=(\\d+)");
    /** Three parts. */
    private static final byte[] LARGE = new byte[40 << 20];

    private final List<Thread> stopped = new ArrayList<>();
    private final CountDownLatch end = new CountDownLatch(1);
    private Home home;
    /** The numbers of the parts that have arrived at the store. */
    private final ConcurrentLinkedQueue<Integer> arrived = new ConcurrentLinkedQueue<>();

    static {
        new Random(1).nextBytes(LARGE);
    }

    @BeforeEach
    void open(@TempDir Path folder) throws IOException {
        home = new Home(folder, "MinIO");
    }

    @AfterEach
    void close() throws IOException, InterruptedException {
        // What they would have done next they do now.
        end.countDown();
        for (Thread process : stopped) {
            process.join();
        }
        home.close();
    }

    private Home.Front counting() {
        return (request, store) -> {
            var answer = store.handle(request);
            Matcher part = PART.matcher(request.query());
            if (request.method().equals("PUT") && request.path().endsWith("cat.bin") && part.find()) {
                arrived.add(Integer.valueOf(part.group(1)));
            }
            return answer;
        };
    }

    /** Two parts arrive; for the third the process waits for ever. */
    private Home.Life stopped(OnConflict onConflict) throws InterruptedException {
        Home.Life first = home.life();
        Accepted accepted = first.accept("cat.bin", LARGE, onConflict, onConflict == OnConflict.RENAME);
        Home.Front counting = counting();
        home.front = (request, store) -> {
            if (request.query().contains("partNumber=3")) {
                try {
                    end.await();
                } catch (InterruptedException ended) {
                    throw new IOException(ended);
                }
            }
            return counting.answer(request, store);
        };
        stopped.add(Thread.ofPlatform().daemon().start(() -> {
            try {
                accepted.send(moved -> {});
            } catch (CancellationException taken) {
                // Its job is another's by now.
            }
        }));
        Home.await(() -> arrived.size() == 2);
        first.dies();
        arrived.clear();
        home.front = counting();
        return home.life();
    }

    private List<MultipartUpload> open() {
        List<MultipartUpload> uploads = new ArrayList<>();
        home.bucket().store().multipart().open(KeyPrefix.NONE).forEach(uploads::add);
        return uploads;
    }

    private void requireSent(Home.Life life, String key) throws Exception {
        life.outbox.start();
        Home.await(() -> life.outbox.waiting() == 0 && home.files().equals(List.of("owners")));
        assertThat(home.read(key)).isEqualTo(LARGE);
        assertThat(open()).isEmpty();
    }

    @Test
    void afterTheEndOfItsProcess() throws Exception {
        for (OnConflict onConflict : List.of(OnConflict.RENAME, OnConflict.OVERWRITE, OnConflict.FAIL)) {
            Home.Life second = stopped(onConflict);
            requireSent(second, "cat.bin");
            assertThat(arrived).as(onConflict.word()).containsExactly(3);
            home.bucket().store().delete(new ObjectKey("cat.bin"));
            arrived.clear();
        }
    }

    @Test
    void afterTheStoreWasOutOfReach() throws Exception {
        Home.Life life = home.life();
        Home.Front counting = counting();
        home.front = (request, store) -> {
            boolean isLost = arrived.size() >= 2 || request.query().contains("partNumber=3");
            return isLost ? Home.CLOSED.answer(request, store) : counting.answer(request, store);
        };
        Accepted accepted = life.accept("cat.bin", LARGE, OnConflict.RENAME, true);
        assertThatThrownBy(() -> accepted.send(moved -> {})).isInstanceOf(CloudException.class);
        assertThat(arrived).containsExactlyInAnyOrder(1, 2);
        arrived.clear();
        home.front = counting;
        long[] moved = new long[1];
        JobInfo job = life.outbox.desk().list().getFirst();
        assertThat(life.outbox
                        .desk()
                        .retry(job.id(), bytes -> moved[0] += bytes)
                        .value())
                .isEqualTo("cat.bin");
        assertThat(arrived).containsExactly(3);
        assertThat(moved[0]).as("bytes of progress").isEqualTo(LARGE.length);
        requireSent(life, "cat.bin");
    }

    @Test
    void fromTheBeginningWhenTheStoreHasNothingOfItAnyMore() throws Exception {
        Home.Life second = stopped(OnConflict.RENAME);
        home.bucket().store().multipart().abort(open().getFirst());
        requireSent(second, "cat.bin");
        assertThat(arrived).containsExactlyInAnyOrder(1, 2, 3);
    }

    @Test
    void notUnderANameThatIsTakenMeanwhile() throws Exception {
        Home.Life second = stopped(OnConflict.RENAME);
        home.bucket().store().put(new ObjectKey("cat.bin"), Payload.of(new byte[] {1}), PutOptions.REPLACE);
        second.outbox.start();
        Home.await(() -> second.outbox.waiting() == 0 && home.files().equals(List.of("owners")));
        assertThat(home.read("cat.bin")).isEqualTo(new byte[] {1});
        List<String> keys = home.keys();
        assertThat(keys).hasSize(2);
        assertThat(home.read(keys.getLast())).isEqualTo(LARGE);
        assertThat(open()).isEmpty();
    }

    @Test
    void andLeavesNothingWhenItIsRefusedOrGivenUp() throws Exception {
        Home.Life second = stopped(OnConflict.FAIL);
        home.bucket().store().put(new ObjectKey("cat.bin"), Payload.of(new byte[] {1}), PutOptions.REPLACE);
        second.outbox.start();
        Home.await(() -> second.outbox.waiting() == 0 && second.outbox.lines().size() == 1);
        assertThat(open()).isEmpty();
        home.bucket().store().delete(new ObjectKey("cat.bin"));
        second.outbox.desk().cancel(second.outbox.desk().list().getFirst().id());
        second.dies();

        arrived.clear();
        Home.Life third = stopped(OnConflict.RENAME);
        assertThat(open()).hasSize(1);
        third.outbox.desk().cancel(third.outbox.desk().list().getFirst().id());
        assertThat(open()).isEmpty();
        assertThat(home.keys()).isEmpty();
    }
}
