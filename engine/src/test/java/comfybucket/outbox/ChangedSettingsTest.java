package comfybucket.outbox;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import comfybucket.naming.OnConflict;
import comfybucket.store.http.Response;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What failed because of the settings is tried again when they change, and nothing else is. */
@Timeout(120)
class ChangedSettingsTest {
    @TempDir
    private Path folder;

    @Test
    void jobsThatWereRefusedAreSentAndOthersAreLeftAlone() throws Exception {
        AtomicInteger settings = new AtomicInteger();
        try (Home home = new Home(folder, "MinIO")) {
            Home.Life life = home.life();
            life.outbox.start(settings::get);
            life.accept("taken.txt", "first".getBytes(UTF_8), OnConflict.FAIL, false)
                    .send(moved -> {});
            life.accept("taken.txt", "second".getBytes(UTF_8), OnConflict.FAIL, false)
                    .sendLater();
            Home.await(() -> home.notices.size() == 1);
            home.front = (request, store) -> Response.of(403);
            life.accept("cat.txt", "cat".getBytes(UTF_8), OnConflict.RENAME, false)
                    .sendLater();
            Home.await(() -> life.outbox.waiting() == 0);
            assertThat(life.outbox.lines()).singleElement().asString().contains("2 not uploaded");

            home.front = Home.OPEN;
            settings.incrementAndGet();
            Home.await(() -> home.keys().contains("cat.txt") && life.outbox.waiting() == 0);
            assertThat(home.notices)
                    .extracting(Notice::summary)
                    .containsSequence("Uploads are tried again", "Uploads done");
            assertThat(life.outbox.desk().list())
                    .extracting(job -> job.uri().orElseThrow())
                    .containsExactly("s3://comfyui/taken.txt");
            assertThat(life.outbox.lines()).singleElement().asString().contains("1 not uploaded");
        }
    }
}
