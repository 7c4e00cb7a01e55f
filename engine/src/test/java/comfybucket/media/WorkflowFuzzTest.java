package comfybucket.media;

import comfybucket.assurance.Assurance;
import comfybucket.assurance.Promise;
import comfybucket.store.faults.Fuzz;
import comfybucket.store.faults.Seed;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Pictures from anywhere, damaged or made to harm. */
class WorkflowFuzzTest {
    private static final WorkflowMetadata WORKFLOW =
            new WorkflowMetadata(Optional.of("{\"1\": \"a\"}"), new LinkedHashMap<>(Map.of("workflow", "{\"b\": 2}")));
    private static final Image8 PICTURE = new Image8(4, 4, 3, new byte[4 * 4 * 3]);
    /** All segments of a JPEG but none that a decoder would need. */
    private static final byte[] PLAIN_JPEG = {
        (byte) 0xff, (byte) 0xd8, (byte) 0xff, (byte) 0xda, 0, 2, 0, (byte) 0xff, (byte) 0xd9
    };

    private static final List<byte[]> WORDS = Stream.of(
                    "IHDR", "tEXt", "iTXt", "zTXt", "IEND", "EXIF", "VP8X", "Exif\0\0", "II*\0", "MM\0*", "RIFF")
            .map(word -> word.getBytes(StandardCharsets.ISO_8859_1))
            .toList();

    @Test
    void eachPictureIsReadWithoutAnError() throws Exception {
        List<byte[]> examples = List.of(
                PngEncoder.encode(PICTURE, WORKFLOW),
                WebpEncoder.encode(PICTURE, 80, WORKFLOW),
                JpegMetadata.insert(PLAIN_JPEG, WORKFLOW));
        int executions = Fuzz.executions(40_000);
        Seed.play(seed -> {
            Fuzz.run(seed, executions, examples, WORDS, WorkflowReader::read);
            Assurance.shown(
                    Promise.PARSERS,
                    "damaged pictures",
                    "%,d executions, 0 crashes, 0 longer than 1 s (seed %d)".formatted(executions, seed));
        });
    }
}
