package comfybucket.models.workflow;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The format that ComfyUI's API takes: nodes by id, with a class and inputs, links as {@code [id, slot]}. */
final class ApiWorkflow {
    static boolean isOne(JsonObject prompt) {
        return !prompt.isEmpty()
                && prompt.asMap().values().stream()
                        .allMatch(node -> node instanceof JsonObject object && object.has("class_type"));
    }

    static List<WorkflowNode> nodes(JsonObject prompt) {
        List<WorkflowNode> nodes = new ArrayList<>();
        prompt.asMap().forEach((id, element) -> {
            JsonObject node = element.getAsJsonObject();
            Map<String, Value> inputs = new LinkedHashMap<>();
            if (node.get("inputs") instanceof JsonObject given) {
                given.asMap().forEach((name, value) -> add(inputs, name, value));
            }
            nodes.add(new WorkflowNode(id, Texts.text(node.get("class_type")), inputs, Map.of()));
        });
        return nodes;
    }

    private static void add(Map<String, Value> inputs, String name, JsonElement value) {
        if (value instanceof JsonArray link
                && link.size() == 2
                && link.get(0) instanceof JsonPrimitive origin
                && origin.isString()) {
            inputs.put(name, new Value.Linked(origin.getAsString()));
        } else if (value instanceof JsonPrimitive) {
            inputs.put(name, new Value.Typed(Texts.text(value)));
        }
    }

    private ApiWorkflow() {}
}
