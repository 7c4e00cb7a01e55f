package comfybucket;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;

class WarmUpTest {
    private static final Logger LOGGER = Logger.getLogger(WarmUp.class.getName());

    /** It says so in the log only, where it ends early: here nobody listens where its bucket would be. */
    @Test
    void itGoesThroughToTheEndWithoutANetwork() {
        List<String> said = new ArrayList<>();
        Handler listener = new Handler() {
            @Override
            public void publish(LogRecord told) {
                said.add(told.getMessage());
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        Level usual = LOGGER.getLevel();
        LOGGER.addHandler(listener);
        LOGGER.setLevel(Level.ALL);
        try {
            WarmUp.run();
        } finally {
            LOGGER.removeHandler(listener);
            LOGGER.setLevel(usual);
        }
        assertThat(said).isEmpty();
        assertThat(Files.exists(Path.of("rehearsal"))).isFalse();
    }
}
