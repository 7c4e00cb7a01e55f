package comfybucket.error;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class ErrorsPageTest {
    @Test
    void docsShowTheCatalogueAsItIs() throws IOException {
        StringBuilder page = new StringBuilder("""
                # Errors

                Every error that a node or a command can end with. Scripts may test for the code; a name in braces stands
                for a value of the moment. Generated from `error/Problem.java`.

                | code | what happened | what to do |
                |---|---|---|
                """);
        for (Problem problem : Problem.values()) {
            page.append(
                    "| `%s` | %s | %s |\n".formatted(problem.code(), cell(problem.happened()), cell(problem.remedy())));
        }
        GeneratedPage.check("errors.md", page.toString());
    }

    private static String cell(String text) {
        return text.replace("|", "\\|").replace("<", "&lt;");
    }
}
