package comfybucket.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import com.google.gson.internal.LazilyParsedNumber;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTextTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "[]",
                "\"\"",
                "0",
                "-12.50e+3",
                "true",
                "null",
                " \t\r\n[ 1 , [ ] , { } ] \n",
                "{\"a\":{\"b\":[1,2,{\"c\":null}]},\"d\":false}",
                "\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u00e9\\ud83d\\udc08 é🐈\""
            })
    void readsJsonAsGsonDoes(String text) throws Mistake {
        JsonText json = new JsonText(text);
        JsonElement read = gson(json.value());
        json.end();
        assertThat(read).isEqualTo(JsonParser.parseString(text));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"a": 1,}         | the last comma is one too many
            [1,]              | the last comma is one too many
            {"a" 1}           | a : is missing after a name
            {a: 1}            | a name in double quotes is missing here
            {"a": 1 "b": 2}   | a comma or a } is missing here
            [1 2]             | a comma or a ] is missing here
            {"a": }           | a value is missing here
            {"a": // note     | a value is missing here
            {"a": 'x'}        | a value is missing here
            {"a": 01}         | a comma or a } is missing here
            {"a": -}          | this is not a number
            {"a": "x          | not closed by a double quote
            {"a": "\\x"}      | a backslash that means nothing
            {"a": "\\u12g4"}  | four hexadecimal digits
            {"a": {           | the file ends too early
            {"a": [           | the file ends too early
            ``                | the file ends too early
            {} {}             | there is more after the end
            True              | a value is missing here
            """)
    void saysWhatIsWrong(String text, String complaint) {
        assertThatThrownBy(() -> {
                    JsonText json = new JsonText(text);
                    json.value();
                    json.end();
                })
                .isInstanceOf(Mistake.class)
                .hasMessageContaining(complaint);
    }

    @Test
    void everyValueKnowsItsLine() throws Mistake {
        Json json = new JsonText("\n{\n\n\"a\": 1, \"b\":\n[\r\n2]}").value();
        assertThat(json).isInstanceOfSatisfying(Json.Members.class, members -> {
            assertThat(members.line()).isEqualTo(2);
            assertThat(members.values()).extracting(Json.Member::line).containsExactly(4, 4);
            assertThat(members.values())
                    .extracting(member -> member.value().line())
                    .containsExactly(4, 5);
        });
    }

    @Test
    void deepNestingIsAMistakeAndNoStackOverflow() {
        for (String bracket : new String[] {"[", "{\"a\":"}) {
            assertThatThrownBy(() -> new JsonText(bracket.repeat(200_000)).value())
                    .isInstanceOf(Mistake.class)
                    .hasMessageContaining("too deeply");
        }
    }

    /** Whatever stands there: it ends, at or before the end, and reading can go on. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void passingOverRubbishEnds(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        String alphabet = "{}[]\",:\\\na1 ";
        for (int round = 0; round < 5_000; round++) {
            StringBuilder text = new StringBuilder();
            for (int length = random.nextInt(40); length > 0; length--) {
                text.append(alphabet.charAt(random.nextInt(alphabet.length())));
            }
            JsonText json = new JsonText(text.toString());
            JsonText.Place start = json.place();
            json.passOver(start);
            assertThat(json.place().at()).isBetween(start.at(), text.length());
        }
    }

    private static JsonElement gson(Json json) {
        return switch (json) {
            case Json.Text text -> new JsonPrimitive(text.value());
            case Json.Digits digits -> new JsonPrimitive(new LazilyParsedNumber(digits.value()));
            case Json.Flag flag -> new JsonPrimitive(flag.value());
            case Json.Nothing _ -> JsonNull.INSTANCE;
            case Json.Items items -> {
                JsonArray array = new JsonArray();
                items.values().forEach(item -> array.add(gson(item)));
                yield array;
            }
            case Json.Members members -> {
                JsonObject object = new JsonObject();
                members.values().forEach(member -> object.add(member.name(), gson(member.value())));
                yield object;
            }
        };
    }
}
