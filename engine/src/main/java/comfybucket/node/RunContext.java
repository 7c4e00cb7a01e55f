package comfybucket.node;

import comfybucket.error.CloudException;
import comfybucket.error.Problem;
import comfybucket.media.WorkflowMetadata;
import comfybucket.models.folders.ModelFolders;
import comfybucket.naming.Widgets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * What a run has beside its inputs.
 *
 * @param prompt the prompt in API format, as JSON text
 * @param extraPnginfo name to JSON text, {@code workflow} above all; goes into saved files in this order
 * @param disableMetadata ComfyUI was started with {@code --disable-metadata}
 * @param files what the pack has made of sounds or of a video
 * @param models where models go; told to the nodes that fetch them
 */
public record RunContext(
        Optional<String> prompt,
        SequencedMap<String, String> extraPnginfo,
        boolean disableMetadata,
        Optional<Pictures> pictures,
        List<MadeFile> files,
        Optional<ModelFolders> models,
        Progress progress) {
    /** For a node that brings no models. */
    public RunContext(
            Optional<String> prompt,
            SequencedMap<String, String> extraPnginfo,
            boolean disableMetadata,
            Optional<Pictures> pictures,
            List<MadeFile> files,
            Progress progress) {
        this(prompt, extraPnginfo, disableMetadata, pictures, files, Optional.empty(), progress);
    }

    /** Without inputs from the graph, as commands run a node. */
    public static RunContext plain(Progress progress) {
        return new RunContext(Optional.empty(), new LinkedHashMap<>(), false, Optional.empty(), List.of(), progress);
    }

    /**
     * The files that the pack has made of an input.
     *
     * @throws CloudException {@link Problem#INPUT_NOT_USABLE} when there is none
     */
    List<MadeFile> made(String input) {
        if (files.isEmpty()) {
            throw new CloudException(
                    Problem.INPUT_NOT_USABLE,
                    Map.of("input", input, "reason", "nothing came of it", "allowed", "the output of another node"));
        }
        return files;
    }

    /** What goes into a saved file: nothing, when either ComfyUI or the node's user does not want it there. */
    WorkflowMetadata workflow(boolean embed) {
        return embed && !disableMetadata ? new WorkflowMetadata(prompt, extraPnginfo) : WorkflowMetadata.NONE;
    }

    /** The values of the other nodes' widgets, for names. */
    Widgets widgets() {
        return Widgets.of(prompt, Optional.ofNullable(extraPnginfo.get("workflow")));
    }
}
