package comfybucket.models.workflow;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.List;

/** Reads JSON that anybody may have written: what has another form than expected is as if it were not there. */
final class Texts {
    /** A text, a number or a switch as text; empty for everything else. */
    static String text(JsonElement element) {
        return element instanceof JsonPrimitive value ? value.getAsString() : "";
    }

    static List<JsonElement> list(JsonElement element) {
        return element instanceof JsonArray array ? array.asList() : List.of();
    }

    static List<JsonObject> objects(JsonElement element) {
        return list(element).stream()
                .filter(JsonObject.class::isInstance)
                .map(JsonElement::getAsJsonObject)
                .toList();
    }

    static JsonObject object(JsonElement element) {
        return element instanceof JsonObject object ? object : new JsonObject();
    }

    private Texts() {}
}
