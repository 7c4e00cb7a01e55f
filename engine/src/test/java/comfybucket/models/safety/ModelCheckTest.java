package comfybucket.models.safety;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import comfybucket.error.CloudException;
import comfybucket.error.Problem;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ModelCheckTest {
    private static final String URI = "s3://bucket/models/m";
    private static final Map<ModelFormat, byte[]> WHOLE = Map.of(
            ModelFormat.SAFETENSORS, Models.safetensors(),
            ModelFormat.GGUF, Models.gguf(),
            ModelFormat.ONNX, Models.onnx(),
            ModelFormat.PICKLE, Models.archive());
    private static final Map<ModelFormat, String> NAMES = Map.of(
            ModelFormat.SAFETENSORS, "m.safetensors",
            ModelFormat.GGUF, "m.gguf",
            ModelFormat.ONNX, "m.onnx",
            ModelFormat.PICKLE, "m.ckpt");

    @ParameterizedTest
    @CsvSource({
        "a.safetensors,SAFETENSORS", "a.SFT,SAFETENSORS", "a.gguf,GGUF", "a.Onnx,ONNX",
        "a.pt,PICKLE", "a.pth,PICKLE", "v1.5.ckpt,PICKLE", ".bin,PICKLE"
    })
    void knowsFormatsByName(String name, ModelFormat format) {
        assertThatCode(() -> whole(ModelCheck.of(name, URI, false), WHOLE.get(format)))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"a", "safetensors", "a.py", "a.safetensors.py", "a.pkl", "a.zip", "a.", "", "a.safetensors "})
    void refusesOtherNames(String name) {
        assertThatThrownBy(() -> ModelCheck.of(name, URI, true))
                .isInstanceOfSatisfying(
                        CloudException.class, e -> assertThat(e.problem()).isEqualTo(Problem.NOT_A_MODEL))
                .hasMessageContaining(URI)
                .hasMessageContaining(".safetensors, .sft, .gguf, .onnx, .pt, .pth, .ckpt, .bin");
    }

    @ParameterizedTest
    @EnumSource
    void takesWholeModels(ModelFormat format) {
        assertThatCode(() -> check(WHOLE.get(format), format)).doesNotThrowAnyException();
    }

    @Test
    void takesOldTorchFiles() {
        assertThatCode(() -> check(Models.legacy(), ModelFormat.PICKLE)).doesNotThrowAnyException();
    }

    @Test
    void readsFiles(@TempDir Path folder) throws IOException {
        Path file = Files.write(folder.resolve("m"), Models.safetensors());
        try (FileChannel channel = FileChannel.open(file)) {
            ModelCheck.of("m.safetensors", URI, false).whole(channel);
            refused(
                    Problem.NOT_A_MODEL,
                    () -> ModelCheck.of("m.gguf", URI, false).whole(channel));
        }
    }

    @ParameterizedTest
    @EnumSource
    void everyBeginningOfAModelIsGoodSoFar(ModelFormat format) {
        byte[] whole = WHOLE.get(format);
        for (int length = 0; length <= whole.length; length++) {
            ByteBuffer first = ByteBuffer.wrap(whole, 0, length).asReadOnlyBuffer();
            ModelCheck.of(NAMES.get(format), URI, false).beginning(first, whole.length);
        }
    }

    @Test
    void refusesAtTheBeginningWhatCannotBecomeAModel() {
        ByteBuffer page = ByteBuffer.wrap(Bytes.of().text("<!DOCTYPE html>").done());
        for (String name : NAMES.values()) {
            refused(Problem.NOT_A_MODEL, () -> ModelCheck.of(name, URI, false).beginning(page, 1 << 20));
        }
        ByteBuffer evil = ByteBuffer.wrap(Models.legacy(Attacks.all().get("GLOBAL")));
        refused(Problem.PICKLE_REFUSED, () -> ModelCheck.of("m.pt", URI, false).beginning(evil, 1 << 20));
    }

    @Test
    void aPickleThatWasTrustedIsLookedAtAgainWithoutTrust() {
        assertThat(ModelCheck.of("m.pt", URI, true).rule())
                .isNotEqualTo(ModelCheck.of("m.pt", URI, false).rule());
    }

    @Test
    void takesNoFormatForAnother() {
        for (ModelFormat real : ModelFormat.values()) {
            for (ModelFormat claimed : ModelFormat.values()) {
                if (real != claimed) {
                    refused(Problem.NOT_A_MODEL, () -> check(WHOLE.get(real), claimed));
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void takesNoPieceOfAModel(ModelFormat format) {
        byte[] whole = WHOLE.get(format);
        // The counts of a GGUF file do not say how long it is.
        int longest = format == ModelFormat.GGUF ? 24 : whole.length;
        for (int length = 0; length < longest; length++) {
            byte[] piece = Arrays.copyOf(whole, length);
            // An ONNX file may end after any field that comes behind its graph.
            if (format != ModelFormat.ONNX || length < whole.length - 4) {
                refused(Problem.NOT_A_MODEL, () -> check(piece, format));
            }
        }
    }

    @TestFactory
    Stream<DynamicTest> refusesPicklesThatCouldRunAProgram() {
        Map<String, byte[]> files = Attacks.files();
        assertThat(files).hasSizeGreaterThanOrEqualTo(100);
        return files.entrySet().stream()
                .map(file -> DynamicTest.dynamicTest(
                        file.getKey(),
                        () -> refused(Problem.PICKLE_REFUSED, () -> check(file.getValue(), ModelFormat.PICKLE))));
    }

    @TestFactory
    Stream<DynamicTest> refusesThemUnderAnotherName() {
        return Attacks.files().entrySet().stream()
                .map(file -> DynamicTest.dynamicTest(file.getKey(), () -> {
                    for (ModelFormat format : ModelFormat.values()) {
                        assertThatThrownBy(() -> check(file.getValue(), format)).isInstanceOf(CloudException.class);
                    }
                }));
    }

    @Test
    void saysWhatThePickleNames() {
        refused(Problem.PICKLE_REFUSED, () -> check(Attacks.all().get("STACK_GLOBAL"), ModelFormat.PICKLE))
                .hasMessageContaining(URI)
                .hasMessageContaining("it names posix.system.");
        byte[] strange = Bytes.of().text("cev\1il\n\u009b31m\n.").done();
        refused(Problem.PICKLE_REFUSED, () -> check(strange, ModelFormat.PICKLE))
                .hasMessageContaining("ev\\x01il.\\x9b31m");
    }

    @Test
    void trustsPicklesWhereTheOwnerSaysSo() throws IOException {
        ModelCheck trusting = ModelCheck.of("m.ckpt", URI, true);
        whole(trusting, Models.archive(Attacks.all().get("GLOBAL")));
        whole(trusting, Attacks.all().get("EXT1"));
        byte[] page = Bytes.of().text("<!DOCTYPE html><html>").done();
        refused(Problem.NOT_A_MODEL, () -> whole(trusting, page));
        refused(
                Problem.NOT_A_MODEL,
                () -> whole(
                        ModelCheck.of("m.safetensors", URI, true), Attacks.all().get("GLOBAL")));
    }

    @ParameterizedTest
    @EnumSource
    void findsArchivesHiddenAtTheEnd(ModelFormat format) {
        byte[] hidden = Bytes.of()
                .bytes(format == ModelFormat.PICKLE ? Models.legacy() : WHOLE.get(format))
                .bytes(Models.archive())
                .done();
        refused(Problem.NOT_A_MODEL, () -> check(hidden, format));
    }

    @Test
    void findsAnArchiveInTheTensorsOfSafetensors() {
        byte[] archive = Models.archive(Attacks.all().get("GLOBAL"));
        byte[] header = Bytes.of()
                .text("{\"a\":{\"dtype\":\"U8\",\"shape\":[%1$d],\"data_offsets\":[0,%1$d]}}".formatted(archive.length))
                .done();
        byte[] file =
                Bytes.of().int64(header.length).bytes(header).bytes(archive).done();
        refused(Problem.NOT_A_MODEL, () -> check(file, ModelFormat.SAFETENSORS));
    }

    @Test
    void takesNoArchiveThatReadersUnderstandDifferently() {
        byte[] good = Models.archive();
        byte[] evil = Models.archive(Attacks.all().get("GLOBAL"));
        // An archive behind another: the directory of the last counts from where that one begins.
        refused(Problem.NOT_A_MODEL, () -> check(join(good, evil), ModelFormat.PICKLE));
        // An end record in the comment of another.
        byte[] comment = good.clone();
        comment[good.length - 2] = (byte) evil.length;
        comment[good.length - 1] = (byte) (evil.length >> 8);
        refused(Problem.NOT_A_MODEL, () -> check(join(comment, evil), ModelFormat.PICKLE));
        // Another name in the file's own header.
        byte[] renamed = good.clone();
        renamed[30] = 'M';
        refused(Problem.NOT_A_MODEL, () -> check(renamed, ModelFormat.PICKLE));
        // Another way of packing in the file's own header.
        byte[] packed = good.clone();
        packed[8] = 8;
        refused(Problem.NOT_A_MODEL, () -> check(packed, ModelFormat.PICKLE));
        refused(Problem.NOT_A_MODEL, () -> check(Bytes.zip("readme.txt", new byte[3]), ModelFormat.PICKLE));
    }

    private static void check(byte[] content, ModelFormat format) throws IOException {
        whole(ModelCheck.of(NAMES.get(format), URI, false), content);
    }

    private static void whole(ModelCheck check, byte[] content) throws IOException {
        check.whole(Bytes.channel(content));
    }

    private static AbstractThrowableAssert<?, ?> refused(
            Problem problem, org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        return assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        CloudException.class, e -> assertThat(e.problem()).isEqualTo(problem));
    }

    private static byte[] join(byte[] first, byte[] second) {
        return Bytes.of().bytes(first).bytes(second).done();
    }
}
