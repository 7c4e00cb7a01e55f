package comfybucket.models.workflow;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The nodes of a workflow that would run, from either of ComfyUI's formats. */
public final class Workflow {
    private final Map<String, WorkflowNode> nodes = new LinkedHashMap<>();

    private Workflow(List<WorkflowNode> nodes) {
        nodes.forEach(node -> this.nodes.put(node.id(), node));
    }

    /**
     * @param json what the page saves, or what it exports for the API
     * @throws IllegalArgumentException when it is neither
     */
    public static Workflow parse(String json) {
        JsonElement root;
        try {
            root = JsonParser.parseString(json);
        } catch (JsonParseException | StackOverflowError broken) {
            throw new IllegalArgumentException("it is not JSON", broken);
        }
        if (!(root instanceof JsonObject object)) {
            throw new IllegalArgumentException("it is not a workflow");
        }
        if (object.get("nodes") instanceof JsonArray) {
            return new Workflow(new PageWorkflow(object).nodes());
        }
        // As it is sent to ComfyUI's API, the prompt is a member of what is sent.
        JsonObject prompt = object.get("prompt") instanceof JsonObject inner ? inner : object;
        if (!ApiWorkflow.isOne(prompt)) {
            throw new IllegalArgumentException("it is not a workflow");
        }
        return new Workflow(ApiWorkflow.nodes(prompt));
    }

    /** What it needs, each model once. */
    public List<Need> needs() {
        return new Needs(this).all();
    }

    Collection<WorkflowNode> nodes() {
        return nodes.values();
    }

    Optional<WorkflowNode> node(String id) {
        return Optional.ofNullable(nodes.get(id));
    }
}
