package comfybucket.error;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A page below docs/ that is made from the code, so that it cannot say anything else. */
public final class GeneratedPage {
    private static final Path DOCS = Path.of("..", "docs");

    private GeneratedPage() {}

    /** Fails when the page in docs/ is not {@code text}; with {@code -Ddocs.update} writes it instead. */
    public static void check(String name, String text) throws IOException {
        Path page = DOCS.resolve(name);
        if (System.getProperty("docs.update") != null) {
            Files.writeString(page, text);
        }
        assertThat(page)
                .as("docs/%s is out of date: scripts/mvn -q -pl engine -am test -Ddocs.update", name)
                .content()
                .isEqualTo(text);
    }
}
