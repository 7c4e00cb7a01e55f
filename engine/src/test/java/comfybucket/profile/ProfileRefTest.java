package comfybucket.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.Gson;
import com.google.gson.JsonParser;
import comfybucket.error.CloudException;
import comfybucket.error.Problem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProfileRefTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "null",
                "{}",
                "\"\"",
                "\"(env vars)\"",
                "{\"profile\": \"(env vars)\", \"provider\": \"(from profile)\", \"bucket\": \"\", \"path_prefix\": \"\"}",
                "{\"profile\": \" \", \"provider\": null, \"bucket\": \"  \", \"secret_key\": \"canary\"}"
            })
    void choosingNothingIsTheDefault(String wire) {
        assertThat(ProfileRef.parse(JsonParser.parseString(wire))).isEqualTo(ProfileRef.DEFAULT);
    }

    @Test
    void choicesAreReadAndWritten() {
        ProfileRef ref = new ProfileRef("b2", "AWS S3", "renders", " with blanks /");
        assertThat(ref.bucket()).contains("renders");
        assertThat(ref.pathPrefix()).contains(" with blanks /");
        assertThat(ProfileRef.parse(ref.toJson())).isEqualTo(ref);
        assertThat(ProfileRef.parse(ProfileRef.DEFAULT.toJson())).isEqualTo(ProfileRef.DEFAULT);
        assertThat(ProfileRef.DEFAULT.toJson()).hasToString("{\"profile\":\"(env vars)\"}");
    }

    @Test
    void aBareNameAndANumberAreTakenForWhatTheyMean() {
        assertThat(ProfileRef.parse(JsonParser.parseString("\"b2\"")).profile()).contains("b2");
        assertThat(ProfileRef.parse(JsonParser.parseString("{\"bucket\": 2026}"))
                        .bucket())
                .contains("2026");
        assertThat(ProfileRef.parse(null)).isEqualTo(ProfileRef.DEFAULT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "[\"4\", 0]", "{\"bucket\": []}", "{\"profile\": {}}"})
    void whatIsNoTextIsAnError(String wire) {
        assertThatThrownBy(() -> ProfileRef.parse(JsonParser.parseString(wire)))
                .isInstanceOfSatisfying(
                        CloudException.class, e -> assertThat(e.problem()).isEqualTo(Problem.INPUT_NOT_USABLE));
    }

    @Test
    void gsonReadsAndWritesTheWire() {
        record Inputs(String key, ProfileRef profile) {}
        Inputs inputs = new Gson().fromJson("{\"key\": \"a\", \"profile\": {\"profile\": \"b2\"}}", Inputs.class);
        assertThat(inputs.profile()).isEqualTo(new ProfileRef("b2", "", "", ""));
        assertThat(new Gson().toJson(inputs)).contains("\"profile\":{\"profile\":\"b2\"}");
        assertThat(new Gson().fromJson("{\"profile\": null}", Inputs.class).profile())
                .isEqualTo(ProfileRef.DEFAULT);
    }
}
