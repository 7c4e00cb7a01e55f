package comfybucket.models.workflow;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** One graph of a page's workflow, the outermost or a subgraph at one of its places. */
final class PageGraph {
    /** Where a subgraph's inputs come in and its outputs go out ({@code SUBGRAPH_INPUT_ID} of the frontend). */
    private static final String INPUTS = "-10";

    private static final String OUTPUTS = "-20";

    private static final int LONGEST_DETOUR = 1000;

    private final String path;
    private final JsonObject graph;
    private final Map<String, Value> given;
    private final Map<String, JsonObject> subgraphs;
    private final Map<String, Link> links = new HashMap<>();
    private final Map<String, JsonObject> byId = new HashMap<>();

    private record Link(String origin, int originSlot, String target, int targetSlot) {}

    /**
     * @param path in front of the nodes' ids
     * @param given what the subgraph's inputs have, by name
     */
    PageGraph(String path, JsonObject graph, Map<String, Value> given, Map<String, JsonObject> subgraphs) {
        this.path = path;
        this.graph = graph;
        this.given = given;
        this.subgraphs = subgraphs;
        Texts.list(graph.get("links")).forEach(this::addLink);
        nodes().forEach(node -> byId.put(Texts.text(node.get("id")), node));
    }

    String path() {
        return path;
    }

    List<JsonObject> nodes() {
        return Texts.objects(graph.get("nodes"));
    }

    /** What a node's inputs have: links before widgets, as ComfyUI has it. */
    Map<String, Value> inputs(JsonObject node, Map<String, Value> widgets) {
        Map<String, Value> inputs = new LinkedHashMap<>(widgets);
        for (JsonObject input : Texts.objects(node.get("inputs"))) {
            Link link = links.get(Texts.text(input.get("link")));
            if (link != null) {
                origin(link, LONGEST_DETOUR).ifPresent(value -> inputs.put(Texts.text(input.get("name")), value));
            }
        }
        return inputs;
    }

    /**
     * The subgraph's inputs that are widgets at its place, by name and in the order in which their values are saved there:
     * those that lead to a widget within. The places themselves do not list them.
     */
    List<String> widgetInputs() {
        List<String> names = new ArrayList<>();
        List<JsonObject> inputs = Texts.objects(graph.get("inputs"));
        for (int i = 0; i < inputs.size(); i++) {
            int slot = i;
            if (links.values().stream()
                    .anyMatch(
                            link -> link.origin().equals(INPUTS) && link.originSlot() == slot && leadsToWidget(link))) {
                names.add(Texts.text(inputs.get(i).get("name")));
            }
        }
        return names;
    }

    static boolean isWidget(JsonObject input) {
        return !Texts.text(Texts.object(input.get("widget")).get("name")).isEmpty();
    }

    /** Frontend 1.27 leaves out the slots of some widgets. */
    private boolean leadsToWidget(Link link) {
        List<JsonObject> slots =
                Texts.objects(byId.getOrDefault(link.target(), new JsonObject()).get("inputs"));
        return link.targetSlot() >= slots.size() || (link.targetSlot() >= 0 && isWidget(slots.get(link.targetSlot())));
    }

    private void addLink(JsonElement link) {
        if (link instanceof JsonArray array && array.size() >= 5) {
            links.put(
                    Texts.text(array.get(0)),
                    new Link(
                            Texts.text(array.get(1)),
                            slot(array.get(2)),
                            Texts.text(array.get(3)),
                            slot(array.get(4))));
        } else if (link instanceof JsonObject object) {
            links.put(
                    Texts.text(object.get("id")),
                    new Link(
                            Texts.text(object.get("origin_id")),
                            slot(object.get("origin_slot")),
                            Texts.text(object.get("target_id")),
                            slot(object.get("target_slot"))));
        }
    }

    private static int slot(JsonElement element) {
        try {
            return Integer.parseInt(Texts.text(element));
        } catch (NumberFormatException none) {
            return -1;
        }
    }

    /** Empty when the widget's own value stays: nothing came in from outside. */
    private Optional<Value> origin(Link link, int detours) {
        if (link.origin().equals(INPUTS)) {
            return inputName(link.originSlot()).map(given::get);
        }
        JsonObject node = byId.getOrDefault(link.origin(), new JsonObject());
        String type = Texts.text(node.get("type"));
        if (type.equals("Reroute") && detours > 0) {
            return Texts.objects(node.get("inputs")).stream()
                    .map(input -> links.get(Texts.text(input.get("link"))))
                    .filter(Objects::nonNull)
                    .findFirst()
                    .flatMap(before -> origin(before, detours - 1));
        }
        JsonObject subgraph = subgraphs.get(type);
        return subgraph == null
                ? Optional.of(new Value.Linked(path + link.origin()))
                : new PageGraph(path + link.origin() + ":", subgraph, Map.of(), subgraphs)
                        .output(link.originSlot(), detours - 1);
    }

    private Optional<Value> output(int slot, int detours) {
        return detours <= 0
                ? Optional.empty()
                : links.values().stream()
                        .filter(link -> link.target().equals(OUTPUTS) && link.targetSlot() == slot)
                        .findFirst()
                        .flatMap(link -> origin(link, detours));
    }

    private Optional<String> inputName(int slot) {
        List<JsonObject> inputs = Texts.objects(graph.get("inputs"));
        return slot >= 0 && slot < inputs.size()
                ? Optional.of(Texts.text(inputs.get(slot).get("name")))
                : Optional.empty();
    }
}
