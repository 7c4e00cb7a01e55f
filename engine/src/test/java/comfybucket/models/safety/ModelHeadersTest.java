package comfybucket.models.safety;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import comfybucket.error.CloudException;
import java.io.IOException;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ModelHeadersTest {
    private static final String A = "\"a\":{\"dtype\":\"U8\",\"shape\":[4],\"data_offsets\":[0,4]}";

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"a":{"dtype":"U8","shape":[3],"data_offsets":[0,4]}}     | fit its place
            {"a":{"dtype":"F16","shape":[4],"data_offsets":[0,4]}}    | fit its place
            {"a":{"dtype":"U8","shape":[4],"data_offsets":[4,0]}}     | fit its place
            {"a":{"dtype":"U8","shape":[4]}}                          | fit its place
            {"a":{"shape":[4],"data_offsets":[0,4]}}                  | fit its place
            {"a":{"dtype":"U8","data_offsets":[0,4]}}                 | fit its place
            {"a":{"dtype":"U8","shape":[3],"data_offsets":[0,3]}}     | belong to none
            {"a":{"dtype":"U8","shape":[3],"data_offsets":[1,4]}}     | a hole
            {"a":{"dtype":"U8","shape":[5],"data_offsets":[0,5]}}     | cut off
            {"a":{"dtype":"U8","shape":[-4],"data_offsets":[0,4]}}    | negative
            {"a":{"dtype":"U8","shape":[4.5],"data_offsets":[0,4]}}   | damaged
            {"a":{"dtype":"U8","shape":["4"],"data_offsets":[0,4]}}   | damaged
            {"a":{"dtype":"U8","shape":[4],"data_offsets":[0,4,4]}}   | damaged
            {"a":{"dtype":"U8","shape":[4],"data_offsets":[0]}}       | damaged
            {"a":{"dtype":8,"shape":[4],"data_offsets":[0,4]}}        | damaged
            {"a":[]}                                                  | damaged
            {"__metadata__":{"n":1}}                                  | damaged
            {"a":{"dtype":"U8","shape":[4294967296,4294967296],"data_offsets":[0,4]}} | impossible size
            {"a":{"dtype":"U8","shape":[4],"data_offsets":[0,4]},"a":{"dtype":"U8","shape":[0],"data_offsets":[4,4]}} | twice
            {}                                                        | belong to none
            {'a':1}                                                   | damaged
            {} {}                                                     | damaged
            {"a":                                                     | cut off
            """)
    void refusesHeadersThatLie(String header, String reason) {
        refused(Models.safetensors(header, 4), ModelFormat.SAFETENSORS, reason);
    }

    @Test
    void refusesOverlappingTensors() {
        String second = "\"b\":{\"dtype\":\"U8\",\"shape\":[4],\"data_offsets\":[2,6]}";
        refused(Models.safetensors("{" + A + "," + second + "}", 6), ModelFormat.SAFETENSORS, "overlap");
    }

    @Test
    void refusesBytesThatAreNoText() {
        byte[] header = Bytes.of().text("{\"__metadata__\":{\"a\":\"\377\"}}").done();
        byte[] file = Bytes.of().int64(header.length).bytes(header).done();
        refused(file, ModelFormat.SAFETENSORS, "damaged");
    }

    @Test
    void takesTypesOfTomorrow() {
        String header = "{\"a\":{\"dtype\":\"F4\",\"shape\":[8],\"data_offsets\":[0,4]}}";
        assertThatCode(() -> check(Models.safetensors(header, 4), ModelFormat.SAFETENSORS))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, -1, 100_000_001, Long.MAX_VALUE, Long.MIN_VALUE})
    void refusesImpossibleHeaderLengths(long length) {
        refused(Bytes.of().int64(length).text("{}").done(), ModelFormat.SAFETENSORS, "begin like a safetensors");
    }

    @ParameterizedTest
    @CsvSource({"4755475504000000,GGUF, version 4", "4747554600000000,GGUF, version 0"})
    void knowsGgufVersions(String hex, ModelFormat format, String reason) {
        byte[] file = Bytes.of()
                .text("GGUF")
                .hex(hex.substring(8))
                .bytes(new byte[16])
                .done();
        refused(file, format, reason);
    }

    @Test
    void readsGgufInTheOtherByteOrderAndOfTheFirstVersion() throws IOException {
        byte[] big = Bytes.of().text("GGUF").hex("00000003").bytes(new byte[16]).done();
        check(big, ModelFormat.GGUF);
        byte[] first = Bytes.of().text("GGUF").int32(1).int32(0).int32(0).done();
        check(first, ModelFormat.GGUF);
    }

    @ParameterizedTest
    @ValueSource(longs = {5, -1, Long.MAX_VALUE})
    void refusesGgufWithMoreTensorsThanBytes(long count) {
        byte[] file = Bytes.of()
                .text("GGUF")
                .int32(3)
                .int64(count)
                .int64(0)
                .bytes(new byte[40])
                .done();
        refused(file, ModelFormat.GGUF, "more tensors than fit");
    }

    @ParameterizedTest
    @CsvSource({
        "0808,no ONNX graph", // no graph
        "3a020a00,no ONNX graph", // no version
        "08083a00,no ONNX graph", // an empty graph
        "08083a0a0a00,cut off", // shorter than it says
        "0808 3a020a00 7a00,not an ONNX model", // field 15
        "0808 3a020a00 4801,not an ONNX model", // field 9
        "0d01020304,not an ONNX model", // a version of 4 bytes
        "08ffffffffffffffffffff01 3a020a00,not an ONNX model", // a number without end
        "0808 3affffffffffffffffff01,cut off" // a negative length
    })
    void refusesWhatIsNoOnnx(String hex, String reason) {
        refused(Bytes.of().hex(hex).done(), ModelFormat.ONNX, reason);
    }

    private static void check(byte[] file, ModelFormat format) throws IOException {
        String name = "m." + format.name().toLowerCase(Locale.ROOT);
        ModelCheck.of(name, "s3://b/k", false).whole(Bytes.channel(file));
    }

    private static void refused(byte[] file, ModelFormat format, String reason) {
        assertThatThrownBy(() -> check(file, format))
                .isInstanceOf(CloudException.class)
                .hasMessageContaining(reason);
    }
}
