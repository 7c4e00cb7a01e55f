package comfybucket.naming;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Finds values in ComfyUI's prompt, which has every node that runs with its inputs by name. Titles are in its
 * {@code _meta}, or else in the workflow beside it. Read when first asked, because few names ask.
 */
final class WorkflowWidgets implements Widgets {
    private final Optional<String> prompt;
    private final Optional<String> workflow;
    private List<Node> nodes;

    /**
     * A node that runs.
     *
     * @param alias the name that its owner gave it for this purpose ({@code Node name for S&R})
     */
    private record Node(Optional<String> title, Optional<String> alias, Optional<String> type, JsonObject inputs) {}

    WorkflowWidgets(Optional<String> prompt, Optional<String> workflow) {
        this.prompt = prompt;
        this.workflow = workflow;
    }

    @Override
    public Optional<String> value(String name, String widget) {
        Optional<String> wanted = Optional.of(name);
        return first(node -> node.title.equals(wanted), widget)
                .or(() -> first(node -> node.alias.equals(wanted), widget))
                .or(() -> first(node -> node.type.equals(wanted), widget));
    }

    private Optional<String> first(Predicate<Node> meant, String widget) {
        return nodes().stream()
                .filter(meant)
                .flatMap(node -> text(node.inputs.get(widget)).stream())
                .findFirst();
    }

    private synchronized List<Node> nodes() {
        if (nodes == null) {
            nodes = new ArrayList<>();
            JsonObject all = object(prompt);
            PageNodes page = new PageNodes(object(workflow));
            all.entrySet().forEach(entry -> {
                if (entry.getValue() instanceof JsonObject node) {
                    Optional<JsonObject> shown = page.find(entry.getKey());
                    nodes.add(new Node(
                            PageNodes.string(PageNodes.object(node, "_meta"), "title")
                                    .or(() -> shown.flatMap(found -> PageNodes.string(found, "title"))),
                            shown.flatMap(found ->
                                    PageNodes.string(PageNodes.object(found, "properties"), "Node name for S&R")),
                            PageNodes.string(node, "class_type"),
                            PageNodes.object(node, "inputs")));
                }
            });
        }
        return nodes;
    }

    /** As JavaScript makes a text of it; what another node makes is not known before it has run. */
    private static Optional<String> text(JsonElement value) {
        if (value == null) {
            return Optional.empty();
        }
        if (value.isJsonNull()) {
            return Optional.of("");
        }
        if (value instanceof JsonPrimitive primitive) {
            return Optional.of(primitive.isNumber() ? number(primitive.getAsString()) : primitive.getAsString());
        }
        return Optional.empty();
    }

    /** {@code 8.0} is {@code 8} in the page. */
    private static String number(String written) {
        try {
            BigDecimal value = new BigDecimal(written).stripTrailingZeros();
            boolean plain = Math.abs(value.precision() - (long) value.scale()) <= 21;
            return plain ? value.toPlainString() : written;
        } catch (NumberFormatException e) {
            return written;
        }
    }

    private static JsonObject object(Optional<String> json) {
        try {
            return json.isPresent() && JsonParser.parseString(json.get()) instanceof JsonObject object
                    ? object
                    : new JsonObject();
        } catch (JsonParseException e) {
            // Somebody else's JSON; a name is no place to complain about it.
            return new JsonObject();
        }
    }
}
