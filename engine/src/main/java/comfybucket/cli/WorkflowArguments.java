package comfybucket.cli;

import comfybucket.error.CloudException;
import comfybucket.error.Problem;
import comfybucket.media.WorkflowMetadata;
import comfybucket.media.WorkflowReader;
import comfybucket.models.workflow.Need;
import comfybucket.models.workflow.Workflow;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import picocli.CommandLine.Parameters;

/** Workflows, as files or on stdin. */
final class WorkflowArguments {
    private static final String STDIN = "-";

    private final Invocation invocation;

    @Parameters(
            arity = "1..*",
            paramLabel = "WORKFLOW",
            description = "A workflow as ComfyUI saves or exports it, a picture with one inside, or - for stdin.")
    private List<String> files = List.of();

    WorkflowArguments(Invocation invocation) {
        this.invocation = invocation;
    }

    /**
     * The models that they need, each once.
     *
     * @throws CloudException {@link Problem#FILE_NOT_READABLE}
     */
    List<Need> needs() {
        Set<Need> needs = new LinkedHashSet<>();
        files.forEach(file -> needs.addAll(needs(file)));
        return List.copyOf(needs);
    }

    private List<Need> needs(String file) {
        try {
            byte[] bytes = file.equals(STDIN) ? invocation.in().readAllBytes() : Files.readAllBytes(Path.of(file));
            return Workflow.parse(text(bytes)).needs();
        } catch (IllegalArgumentException noWorkflow) {
            throw notReadable(file, noWorkflow.getMessage());
        } catch (IOException failed) {
            throw notReadable(file, failed.getClass().getSimpleName());
        }
    }

    private static String text(byte[] bytes) {
        WorkflowMetadata inside = WorkflowReader.read(bytes);
        String workflow = inside.extra().get("workflow");
        return workflow != null ? workflow : inside.prompt().orElseGet(() -> new String(bytes, StandardCharsets.UTF_8));
    }

    private static CloudException notReadable(String file, String reason) {
        return new CloudException(Problem.FILE_NOT_READABLE, Map.of("path", file, "reason", reason));
    }
}
