package comfybucket.models.workflow;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The format that ComfyUI's page saves: nodes with slots and widget values, links by number, subgraphs by name. */
final class PageWorkflow {
    /** Muted and bypassed nodes do not run ({@code LGraphEventMode} of the frontend). */
    private static final Set<String> IDLE_MODES = Set.of("2", "4");

    private static final int DEEPEST = 32;

    private final JsonObject root;
    private final Map<String, JsonObject> subgraphs = new HashMap<>();
    private final List<WorkflowNode> nodes = new ArrayList<>();

    PageWorkflow(JsonObject root) {
        this.root = root;
        Texts.objects(Texts.object(root.get("definitions")).get("subgraphs"))
                .forEach(subgraph -> subgraphs.put(Texts.text(subgraph.get("id")), subgraph));
    }

    List<WorkflowNode> nodes() {
        visit(new PageGraph("", root, Map.of(), subgraphs), 0);
        return nodes;
    }

    private void visit(PageGraph graph, int depth) {
        if (depth > DEEPEST) {
            throw new IllegalArgumentException("its subgraphs have no end");
        }
        for (JsonObject node : graph.nodes()) {
            if (IDLE_MODES.contains(Texts.text(node.get("mode")))) {
                continue;
            }
            String id = graph.path() + Texts.text(node.get("id"));
            String type = Texts.text(node.get("type"));
            Map<String, Value> inputs = graph.inputs(node, widgets(node, type));
            JsonObject subgraph = subgraphs.get(type);
            if (subgraph != null) {
                visit(new PageGraph(id + ":", subgraph, inputs, subgraphs), depth + 1);
            } else {
                nodes.add(new WorkflowNode(id, type, inputs, folders(node)));
            }
        }
    }

    /** The widgets' values, by name where the names are known, else by place. */
    private Map<String, Value> widgets(JsonObject node, String type) {
        Map<String, Value> values = new HashMap<>();
        for (String field : List.of("widgets_values_named", "widgets_values")) {
            if (node.get(field) instanceof JsonObject byName) {
                byName.asMap().forEach((name, value) -> typed(value).ifPresent(text -> values.put(name, text)));
                return values;
            }
        }
        List<JsonElement> given = Texts.list(node.get("widgets_values"));
        List<String> names = widgetNames(node, type);
        for (int i = 0; i < given.size(); i++) {
            String name = i < names.size() ? names.get(i) : "widget " + i;
            typed(given.get(i)).ifPresent(value -> values.put(name, value));
        }
        return values;
    }

    private List<String> widgetNames(JsonObject node, String type) {
        JsonObject subgraph = subgraphs.get(type);
        if (subgraph != null) {
            return new PageGraph("", subgraph, Map.of(), subgraphs).widgetInputs();
        }
        return KnownNodes.find(type)
                .map(KnownNodes.Entry::widgets)
                .orElseGet(() -> Texts.objects(node.get("inputs")).stream()
                        .filter(PageGraph::isWidget)
                        .map(input ->
                                Texts.text(Texts.object(input.get("widget")).get("name")))
                        .toList());
    }

    private static Optional<Value> typed(JsonElement value) {
        return value.isJsonPrimitive() ? Optional.of(new Value.Typed(Texts.text(value))) : Optional.empty();
    }

    /** What templates say about their models: {@code properties.models} with a name and a directory each. */
    private static Map<String, String> folders(JsonObject node) {
        Map<String, String> folders = new HashMap<>();
        for (JsonObject model :
                Texts.objects(Texts.object(node.get("properties")).get("models"))) {
            String folder = Texts.text(model.get("directory"));
            if (!folder.isEmpty()) {
                folders.put(Texts.text(model.get("name")), folder);
            }
        }
        return folders;
    }
}
