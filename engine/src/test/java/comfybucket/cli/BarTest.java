package comfybucket.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import me.tongfei.progressbar.DelegatingProgressBarConsumer;
import org.junit.jupiter.api.Test;

class BarTest {
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
