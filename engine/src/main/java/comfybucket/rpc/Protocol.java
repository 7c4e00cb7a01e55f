package comfybucket.rpc;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import comfybucket.node.Ui;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The messages of {@code protocol/README.md} as values; on the wire their names are in snake_case. Absent members are
 * null here, and nowhere further in.
 */
final class Protocol {
    /** The number that pack and engine compare; it changes when a message changes in a way the other side must know. */
    static final int NUMBER = 2;

    /** The handler's own error: the text is for the user. */
    static final int FAILED = -32000;

    record Initialize(int protocol, String version, Map<String, String> folders, String profilesFile, String comfyui) {}

    record Initialized(int protocol, String version, long pid) {}

    record Context(String uniqueId, String prompt, Map<String, String> extraPnginfo, boolean disableMetadata) {}

    record Pixels(String path, int batch, int height, int width, int channels) {}

    record Encoded(String path, List<Long> lengths, int width, int height) {}

    record MadeFile(String path, Integer width, Integer height) {}

    /**
     * @param folder ComfyUI's own folder of models
     * @param types each type's folders
     * @param extra the files that name more folders
     * @param code where Python loads programs from
     */
    record Models(String folder, LinkedHashMap<String, List<String>> types, List<String> extra, List<String> code) {}

    record RunNode(
            String node,
            JsonObject inputs,
            Context context,
            Pixels pixels,
            Encoded encoded,
            List<MadeFile> files,
            Models models,
            String run) {}

    record Ran(List<JsonElement> outputs, Shown ui, List<LoadedFile> files, String identity) {}

    record Shown(List<String> text, List<Ui.File> images, List<Boolean> animated, List<Ui.File> audio) {}

    record LoadedFile(String path, String uri) {}

    record Arrived(String run, String path, String uri) {}

    record AskNode(String node, JsonObject inputs) {}

    record Identity(String identity) {}

    record Progress(String run, long value, long total, String text) {}

    record Notice(String severity, String summary, String detail) {}

    record Failure(String code) {}

    private Protocol() {}
}
