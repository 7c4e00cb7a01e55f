package comfybucket.naming;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.Optional;

/**
 * The nodes of the page's workflow. A node inside a subgraph has an id like {@code 12:5}: node 5 in the definition that
 * node 12 has as its type.
 */
record PageNodes(JsonObject workflow) {
    Optional<JsonObject> find(String id) {
        JsonObject graph = workflow;
        Optional<JsonObject> node = Optional.empty();
        for (String step : id.split(":", -1)) {
            if (node.isPresent()) {
                String definition = string(node.get(), "type").orElse("");
                Optional<JsonObject> inner =
                        with(object(workflow, "definitions").get("subgraphs"), "id", definition);
                if (inner.isEmpty()) {
                    return Optional.empty();
                }
                graph = inner.get();
            }
            node = with(graph.get("nodes"), "id", step);
            if (node.isEmpty()) {
                return node;
            }
        }
        return node;
    }

    /** A member that is a text or a number, as text. */
    static Optional<String> string(JsonObject object, String name) {
        return object.get(name) instanceof JsonPrimitive value && !value.isBoolean()
                ? Optional.of(value.getAsString())
                : Optional.empty();
    }

    /** A member that is an object; an empty one if it is not. */
    static JsonObject object(JsonObject object, String name) {
        return object.get(name) instanceof JsonObject found ? found : new JsonObject();
    }

    private static Optional<JsonObject> with(JsonElement list, String name, String value) {
        if (list instanceof JsonArray array) {
            for (JsonElement element : array) {
                if (element instanceof JsonObject object
                        && string(object, name).filter(value::equals).isPresent()) {
                    return Optional.of(object);
                }
            }
        }
        return Optional.empty();
    }
}
