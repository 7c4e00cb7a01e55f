package comfybucket.naming;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WidgetsTest {
    private static final String PROMPT = """
            {"3": {"class_type": "KSampler", "_meta": {"title": "First pass"},
                   "inputs": {"seed": 156680208700286, "cfg": 8.0, "denoise": 1e-05, "sampler_name": "euler",
                              "add_noise": true, "note": null, "model": ["4", 0], "huge": 1e999999999, "nan": NaN}},
             "4": {"class_type": "CheckpointLoaderSimple", "inputs": {"ckpt_name": "sdxl\\\\base.safetensors"}},
             "5": {"class_type": "EmptyLatentImage", "_meta": {"title": "KSampler"}, "inputs": {"width": 512}},
             "9:7": {"class_type": "CLIPTextEncode", "inputs": {"text": "a cat"}},
             "odd": 5}
            """;
    private static final String WORKFLOW = """
            {"nodes": [{"id": 4, "type": "CheckpointLoaderSimple", "title": "The model",
                        "properties": {"Node name for S&R": "ckpt"}},
                       {"id": 9, "type": "sub-1"}],
             "definitions": {"subgraphs": [{"id": "sub-1", "nodes": [{"id": 7, "title": "Positive"}]}]}}
            """;

    @ParameterizedTest
    @CsvSource(nullValues = "-", textBlock = """
            First pass,             seed,         156680208700286
            First pass,             cfg,          8
            First pass,             denoise,      0.00001
            First pass,             sampler_name, euler
            First pass,             add_noise,    true
            First pass,             note,         ''
            First pass,             huge,         1e999999999
            First pass,             nan,          NaN
            First pass,             model,        -
            First pass,             steps,        -
            KSampler,               width,        512
            KSampler,               cfg,          8
            The model,              ckpt_name,    sdxl\\base.safetensors
            ckpt,                   ckpt_name,    sdxl\\base.safetensors
            CheckpointLoaderSimple, ckpt_name,    sdxl\\base.safetensors
            Positive,               text,         a cat
            CLIPTextEncode,         text,         a cat
            '',                     seed,         -
            """)
    void findsValuesByTitleAndElseByClass(String node, String widget, String value) {
        Widgets widgets = Widgets.of(Optional.of(PROMPT), Optional.of(WORKFLOW));
        assertThat(widgets.value(node, widget).orElse(null)).isEqualTo(value);
    }

    @Test
    void apiPromptsHaveNoWorkflow() {
        Widgets widgets = Widgets.of(Optional.of(PROMPT), Optional.empty());
        assertThat(widgets.value("First pass", "cfg")).contains("8");
        assertThat(widgets.value("CheckpointLoaderSimple", "ckpt_name")).contains("sdxl\\base.safetensors");
        assertThat(widgets.value("The model", "ckpt_name")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "{", "[]", "null", "5", "\"x\"", "{\"3\": {\"inputs\": []}}", "{\"3\": {\"_meta\": 1}}"})
    void somebodyElsesBrokenJsonIsAWorkflowWithoutNodes(String json) {
        assertThat(Widgets.of(Optional.of(json), Optional.of(WORKFLOW)).value("KSampler", "seed"))
                .isEmpty();
        assertThat(Widgets.of(Optional.of(PROMPT), Optional.of(json)).value("First pass", "cfg"))
                .contains("8");
    }

    @Test
    void jsonThatIsNestedToTheEndOfTheStackIsBrokenJson() {
        String deep = "[".repeat(200_000);
        assertThat(Widgets.of(Optional.of(deep), Optional.of(deep)).value("KSampler", "seed"))
                .isEmpty();
    }
}
