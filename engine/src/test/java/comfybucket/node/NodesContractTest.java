package comfybucket.node;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import comfybucket.connect.Buckets;
import comfybucket.media.cache.MediaCache;
import comfybucket.profile.Profile;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The nodes here against {@code pack/nodes.json}, from which ComfyUI's side is made. */
class NodesContractTest {
    /** These reach the engine as pixels or files, not as inputs. */
    private static final Set<String> HANDED_OVER = Set.of("IMAGE", "MASK", "AUDIO", "VIDEO");

    private final Nodes nodes = new Nodes(
            new Buckets(chosen -> Profile.local(Path.of("unused"))), Host.NONE, new MediaCache(Path.of("unused")));

    static Stream<JsonObject> contract() throws IOException {
        String text = Files.readString(Path.of("../pack/nodes.json"));
        return JsonParser.parseString(text).getAsJsonObject().getAsJsonArray("nodes").asList().stream()
                .map(JsonElement::getAsJsonObject);
    }

    @Test
    void hasEveryNodeOfTheContractAndNoOther() throws IOException {
        assertThat(nodes.ids())
                .containsExactlyInAnyOrderElementsOf(
                        contract().map(NodesContractTest::id).toList());
    }

    @ParameterizedTest
    @MethodSource("contract")
    void takesTheInputsInTheirOrder(JsonObject node) {
        List<String> inputs = new ArrayList<>();
        for (JsonObject input : inputs(node)) {
            if (!HANDED_OVER.contains(input.get("type").getAsString())) {
                inputs.add(input.get("id").getAsString());
            }
        }
        RecordComponent[] components = nodes.find(id(node)).inputs().getRecordComponents();
        assertThat(Arrays.stream(components).map(component -> snakeCase(component.getName())))
                .containsExactlyElementsOf(inputs);
    }

    @ParameterizedTest
    @MethodSource("contract")
    void fillsInTheDefaults(JsonObject node) throws ReflectiveOperationException {
        Record defaults = Given.read(new JsonObject(), nodes.find(id(node)).inputs());
        Map<String, Object> values = new HashMap<>();
        for (RecordComponent component : defaults.getClass().getRecordComponents()) {
            component.getAccessor().setAccessible(true);
            values.put(snakeCase(component.getName()), component.getAccessor().invoke(defaults));
        }
        for (JsonObject input : inputs(node)) {
            if (input.has("default")) {
                String name = input.get("id").getAsString();
                assertThat(new Gson().toJsonTree(values.get(name))).as(name).isEqualTo(input.get("default"));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("contract")
    void readsExactlyWhereTheContractSaysSo(JsonObject node) {
        boolean runsWhenSomethingChanges = node.get("runs").getAsString().startsWith("when_");
        assertThat(nodes.find(id(node)) instanceof Node.Reader<?>).isEqualTo(runsWhenSomethingChanges);
    }

    private static String snakeCase(String name) {
        return name.replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
    }

    private static String id(JsonObject node) {
        return node.get("id").getAsString();
    }

    private static List<JsonObject> inputs(JsonObject node) {
        return node.getAsJsonArray("inputs").asList().stream()
                .map(JsonElement::getAsJsonObject)
                .toList();
    }
}
