package comfybucket.models.workflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import comfybucket.profile.ProfileRef;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WorkflowTest {
    private static final String LOADER = """
            {"id": 2, "type": "CheckpointLoaderSimple", "mode": 0, "widgets_values": ["sdxl/a.safetensors"],
             "inputs": [{"name": "ckpt_name", "type": "COMBO", "link": %s, "widget": {"name": "ckpt_name"}}]}""";

    @Test
    void readsTheApisFormat() {
        assertThat(needs("""
                {"1": {"class_type": "CheckpointLoaderSimple", "inputs": {"ckpt_name": "sdxl\\\\a.safetensors"}},
                 "2": {"class_type": "LoraLoader", "inputs": {"model": ["1", 0], "clip": ["1", 1],
                       "lora_name": "b.safetensors", "strength_model": 1.0, "strength_clip": 1.0}},
                 "3": {"class_type": "DualCLIPLoader", "inputs": {"clip_name1": "c.safetensors",
                       "clip_name2": "d.gguf", "type": "flux"}},
                 "4": {"class_type": "VAELoader", "inputs": {"vae_name": "pixel_space"}},
                 "5": {"class_type": "SaveImage", "inputs": {"filename_prefix": "x"}}}
                """))
                .containsExactly(
                        file("1 (CheckpointLoaderSimple)", "checkpoints", "sdxl/a.safetensors"),
                        file("2 (LoraLoader)", "loras", "b.safetensors"),
                        file("3 (DualCLIPLoader)", "text_encoders", "c.safetensors"),
                        file("3 (DualCLIPLoader)", "text_encoders", "d.gguf"));
    }

    @Test
    void readsWhatIsSentToTheApi() {
        assertThat(needs("""
                {"client_id": "x", "prompt": {"1": {"class_type": "VAELoader", "inputs": {"vae_name": "v.pt"}}}}
                """)).containsExactly(file("1 (VAELoader)", "vae", "v.pt"));
    }

    @Test
    void readsThePagesFormat() {
        assertThat(needs(page(LOADER.formatted("null"), "")))
                .containsExactly(file("2 (CheckpointLoaderSimple)", "checkpoints", "sdxl/a.safetensors"));
    }

    @Test
    void leavesOutWhatDoesNotRunAndNamesEachModelOnce() {
        String muted =
                LOADER.formatted("null").replace("\"mode\": 0", "\"mode\": 2").replace("a.safe", "b.safe");
        String bypassed =
                LOADER.formatted("null").replace("\"mode\": 0", "\"mode\": 4").replace("a.safe", "c.safe");
        String again = LOADER.formatted("null").replace("\"id\": 2", "\"id\": 9");
        assertThat(needs(page(String.join(",", LOADER.formatted("null"), muted, bypassed, again), "")))
                .containsExactly(file("2 (CheckpointLoaderSimple)", "checkpoints", "sdxl/a.safetensors"));
    }

    @Test
    void takesOurNodesKeysWithTheirProfile() {
        String profile = """
                {"id": 7, "type": "CloudStorageProfile", "mode": 0,
                 "widgets_values": ["models", "(from profile)", "", "team/"]}""";
        String download = """
                {"id": 1, "type": "LoadModelFromCloud", "mode": 0, "widgets_values": ["loras", "x/b.safetensors", false],
                 "inputs": [{"name": "profile", "type": "S3_PROFILE", "link": 5}]}""";
        String oneStep = """
                {"id": 3, "type": "LoadLoraFromCloud", "mode": 0, "widgets_values": ["x/c.safetensors", 1, 1]}""";
        assertThat(needs(page(
                        String.join(",", profile, download, oneStep, LOADER.formatted("6")),
                        "[5, 7, 0, 1, 0, \"S3_PROFILE\"], [6, 1, 0, 2, 0, \"STRING\"]")))
                .containsExactly(
                        new Need.Key(
                                "1 (LoadModelFromCloud)",
                                "loras",
                                "x/b.safetensors",
                                Optional.of(new ProfileRef("models", "(from profile)", "", "team/"))),
                        new Need.Key("3 (LoadLoraFromCloud)", "loras", "x/c.safetensors", Optional.empty()));
    }

    @Test
    void followsReroutesAndTextsAndSaysWhatOnlyTheRunKnows() {
        String text =
                "{\"id\": 1, \"type\": \"PrimitiveString\", \"mode\": 0, \"widgets_values\": [\"t.safetensors\"]}";
        String reroute = "{\"id\": 3, \"type\": \"Reroute\", \"mode\": 0, \"inputs\": [{\"name\": \"\", \"link\": 5}]}";
        String links = "[5, 1, 0, 3, 0, \"STRING\"], [6, 3, 0, 2, 0, \"STRING\"]";
        assertThat(needs(page(String.join(",", text, reroute, LOADER.formatted("6")), links)))
                .contains(file("2 (CheckpointLoaderSimple)", "checkpoints", "t.safetensors"));
        String chooser = "{\"id\": 1, \"type\": \"Chooser\", \"mode\": 0, \"widgets_values\": []}";
        assertThat(needs(page(String.join(",", chooser, reroute, LOADER.formatted("6")), links)))
                .containsExactly(new Need.Unknown("2 (CheckpointLoaderSimple)", "ckpt_name"));
    }

    @Test
    void findsModelsInNodesThatNobodyKnows() {
        String strange = """
                {"id": 4, "type": "SomePacksLoader", "mode": 0, "widgets_values": ["sub\\\\x.gguf", "cuda", 3, "notes.txt"],
                 "properties": {"models": [{"name": "x.gguf", "url": "https://…", "directory": "diffusion_models"}]}}""";
        String unknown = """
                {"id": 5, "type": "Another", "mode": 0, "widgets_values": {"name": "y.onnx", "url": "https://a/z.pt"}}""";
        assertThat(needs(page(strange + "," + unknown, "")))
                .containsExactly(
                        file("4 (SomePacksLoader)", "diffusion_models", "sub/x.gguf"),
                        new Need.File("5 (Another)", Optional.empty(), "y.onnx"));
    }

    @Test
    void findsEmbeddingsInPrompts() {
        assertThat(needs("""
                {"1": {"class_type": "CLIPTextEncode", "inputs": {"text": "a cat, (embedding:good:1.2), embedding:b/bad.pt."}}}
                """))
                .containsExactly(
                        file("1 (CLIPTextEncode)", "embeddings", "good"),
                        file("1 (CLIPTextEncode)", "embeddings", "b/bad.pt"));
    }

    @Test
    void looksIntoSubgraphs() {
        String inner = """
                {"id": "abc", "inputs": [{"name": "lora", "linkIds": [1]}],
                 "nodes": [
                   {"id": 1, "type": "LoraLoaderModelOnly", "mode": 0, "widgets_values": ["stale.safetensors", 1],
                    "inputs": [{"name": "lora_name", "link": 1, "widget": {"name": "lora_name"}}]},
                   {"id": 2, "type": "VAELoader", "mode": 0, "widgets_values": ["inner.safetensors"]},
                   {"id": 3, "type": "LoadModelFromCloud", "mode": 0, "widgets_values": ["checkpoints", "k/m.safetensors", false]}],
                 "links": [{"id": 1, "origin_id": -10, "origin_slot": 0, "target_id": 1, "target_slot": 0},
                           {"id": 2, "origin_id": 3, "origin_slot": 0, "target_id": -20, "target_slot": 0}]}""";
        String instance = """
                {"id": %s, "type": "abc", "mode": %s, "widgets_values": ["%s"],
                 "inputs": [{"name": "lora", "link": null, "widget": {"name": "lora"}}]}""";
        String nodes = String.join(
                ",",
                instance.formatted(5, 0, "one.safetensors"),
                instance.formatted(6, 0, "two.safetensors"),
                instance.formatted(7, 4, "three.safetensors"),
                LOADER.formatted("9"));
        assertThat(needs("""
                {"nodes": [%s], "links": [[9, 5, 0, 2, 0, "STRING"]], "definitions": {"subgraphs": [%s]}}
                """.formatted(nodes, inner)))
                .containsExactly(
                        file("5:1 (LoraLoaderModelOnly)", "loras", "one.safetensors"),
                        file("5:2 (VAELoader)", "vae", "inner.safetensors"),
                        new Need.Key("5:3 (LoadModelFromCloud)", "checkpoints", "k/m.safetensors", Optional.empty()),
                        file("6:1 (LoraLoaderModelOnly)", "loras", "two.safetensors"));
    }

    /** What {@code scripts/web/page/subgraphs.js} had ComfyUI's page save, and the prompt that the page made of it. */
    @ParameterizedTest
    @ValueSource(strings = {"1.27.10", "1.58.1"})
    void findsInSubgraphsWhatThePageItselfRuns(String frontend) throws IOException {
        JsonObject saved;
        try (InputStream file = WorkflowTest.class.getResourceAsStream("subgraphs-" + frontend + ".json")) {
            saved = JsonParser.parseString(new String(file.readAllBytes(), StandardCharsets.UTF_8))
                    .getAsJsonObject();
        }
        assertThat(needs(saved.get("workflow").toString()))
                .containsExactlyInAnyOrderElementsOf(needs(saved.get("prompt").toString()))
                .containsExactlyInAnyOrder(
                        new Need.Key(
                                "7:6:2 (LoadModelFromCloud)",
                                "checkpoints",
                                "models/chosen.safetensors",
                                Optional.of(new ProfileRef("(env vars)", "(from profile)", "", "team/"))),
                        file("7:4 (LoraLoader)", "loras", "chosen.safetensors"),
                        file("7:5 (VAELoader)", "vae", "vae.safetensors"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "3", "{}", "{\"a\": 1}", "<html>", "{\"nodes\": ", "{\"1\": {\"inputs\": {}}}"})
    void refusesWhatIsNoWorkflow(String text) {
        assertThatThrownBy(() -> Workflow.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aSubgraphThatHoldsItselfIsRefused() {
        String node = "{\"id\": 1, \"type\": \"abc\", \"mode\": 0}";
        assertThatThrownBy(() -> needs("""
                {"nodes": [%1$s], "definitions": {"subgraphs": [{"id": "abc", "nodes": [%1$s]}]}}
                """.formatted(node))).hasMessageContaining("no end");
    }

    /** Anybody may have written it. */
    @Test
    void readsAnyJsonWithoutAnError() {
        String whole = page(
                LOADER.formatted("6")
                        + ",{\"id\": 1, \"type\": \"LoadModelFromCloud\", \"widgets_values\": [\"vae\", \"k.pt\"]}",
                "[6, 1, 0, 2, 0, \"STRING\"]");
        String[] pieces = {"null", "{}", "[]", "\"x.pt\"", "-1", "1e99", "true", "[6, 2, 0, 2, 0]"};
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < 2000; i++) {
            List<String> tokens = new ArrayList<>(List.of(whole.split("(?<=[\\[\\]{},:])", -1)));
            int at = random.nextInt(tokens.size());
            String end = tokens.get(at).replaceAll("[^\\[\\]{},:]", "");
            tokens.set(at, pieces[random.nextInt(pieces.length)] + end.replaceAll("[\\[{]", ""));
            String changed = String.join("", tokens);
            assertThatCode(() -> {
                        try {
                            var _ = needs(changed);
                        } catch (IllegalArgumentException noWorkflow) {
                            // Said so.
                        }
                    })
                    .as(changed)
                    .doesNotThrowAnyException();
        }
    }

    @Test
    void knowsTheWidgetsOfOurNodes() throws IOException {
        JsonObject contract = JsonParser.parseString(Files.readString(Path.of("../pack/nodes.json")))
                .getAsJsonObject();
        for (JsonObject node : Texts.objects(contract.get("nodes"))) {
            String id = Texts.text(node.get("id"));
            if (id.equals("LoadModelFromCloud") || node.has("core_loader")) {
                List<String> widgets = Texts.objects(node.get("inputs")).stream()
                        .filter(input -> !Texts.text(input.get("type")).equals("S3_PROFILE"))
                        .map(input -> Texts.text(input.get("id")))
                        .toList();
                assertThat(KnownNodes.find(id).orElseThrow().widgets()).as(id).containsAll(widgets);
            }
        }
    }

    private static List<Need> needs(String json) {
        return Workflow.parse(json).needs();
    }

    private static Need file(String node, String type, String name) {
        return new Need.File(node, Optional.of(type), name);
    }

    private static String page(String nodes, String links) {
        return "{\"nodes\": [" + nodes + "], \"links\": [" + links + "], \"version\": 0.4}";
    }
}
