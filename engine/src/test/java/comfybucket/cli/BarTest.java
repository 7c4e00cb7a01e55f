package comfybucket.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import me.tongfei.progressbar.DelegatingProgressBarConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class BarTest {
    @Test
    void tellsHowMuchIsReadBeforeItMoves() throws InterruptedException {
        List<String> shown = new CopyOnWriteArrayList<>();
        try (Bar bar = Bar.of("models push", new DelegatingProgressBarConsumer(shown::add, 120))) {
            bar.expect(30 << 20);
            bar.expectHash(20 << 20);
            bar.hashed(5 << 20);
            await(shown, "0/30 MB", "hashing 5.0 MB of 20.0 MB");
            bar.hashed(15 << 20);
            bar.moved(30 << 20);
            await(shown, "30/30 MB");
        }
        assertThat(shown).filteredOn(text -> text.contains("30/30 MB")).noneMatch(text -> text.contains("hashing"));
    }

    private static void await(List<String> shown, String... texts) throws InterruptedException {
        while (shown.stream().noneMatch(text -> Stream.of(texts).allMatch(text::contains))) {
            Thread.sleep(1);
        }
    }

    @Test
    void isTakenAwayOnceAndDrawsNothingOverWhatIsPrintedThen() {
        List<String> shown = new CopyOnWriteArrayList<>();
        Bar bar = Bar.of("models push", new DelegatingProgressBarConsumer(shown::add, 100));
        bar.expect(1 << 20);
        bar.moved(1 << 20);
        bar.close();
        assertThat(shown).anyMatch(text -> text.contains("1/1 MB"));
        assertThat(shown.getLast()).isBlank();
        int drawn = shown.size();
        bar.close();
        assertThat(shown).hasSize(drawn);
    }
}
