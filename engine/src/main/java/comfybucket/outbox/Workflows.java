package comfybucket.outbox;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import comfybucket.media.WorkflowMetadata;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/** What is to be embedded in a picture, as bytes behind its samples. */
final class Workflows {
    static byte[] bytes(WorkflowMetadata workflow) {
        if (workflow.isEmpty()) {
            return new byte[0];
        }
        JsonObject json = new JsonObject();
        workflow.prompt().ifPresent(prompt -> json.addProperty("prompt", prompt));
        JsonObject extra = new JsonObject();
        workflow.extra().forEach(extra::addProperty);
        json.add("extra", extra);
        return json.toString().getBytes(StandardCharsets.UTF_8);
    }

    static WorkflowMetadata read(byte[] bytes) {
        if (bytes.length == 0) {
            return WorkflowMetadata.NONE;
        }
        JsonObject json = JsonParser.parseString(new String(bytes, StandardCharsets.UTF_8))
                .getAsJsonObject();
        SequencedMap<String, String> extra = new LinkedHashMap<>();
        for (Map.Entry<String, JsonElement> entry :
                json.getAsJsonObject("extra").entrySet()) {
            extra.put(entry.getKey(), entry.getValue().getAsString());
        }
        return new WorkflowMetadata(Optional.ofNullable(json.get("prompt")).map(JsonElement::getAsString), extra);
    }

    private Workflows() {}
}
