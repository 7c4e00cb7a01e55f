package comfybucket.store.disk;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The text in which sidecars and uploads are kept. */
class FieldsTest {
    private static final ObjectMeta META = new ObjectMeta(
            "0123",
            Map.of("content-type", "image/png", "x-amz-meta-a", "b=%0A\u00e9"),
            Map.of("tag", "value\n", "end", "="),
            Optional.of(new ObjectMeta.Checksum("CRC32", "FULL_OBJECT", "AAAAAA==")),
            List.of(5L << 20, 3L));

    @Test
    void anyNamesAndValuesComeBack() {
        Random random = new Random(3);
        for (int i = 0; i < 2_000; i++) {
            Map<String, String> fields = new LinkedHashMap<>();
            for (int n = random.nextInt(6); n > 0; n--) {
                fields.put(Keys.random(random), Keys.random(random) + "\r\n=%0a");
            }
            assertThat(Fields.read(Fields.write(fields))).contains(fields);
        }
    }

    @Test
    void anObjectsMetadataComesBack() {
        Map<String, String> fields =
                Fields.read(Fields.write(META.toFields("k"))).orElseThrow();
        assertThat(ObjectMeta.fromFields(fields, "k")).contains(META);
        assertThat(ObjectMeta.fromFields(fields, "other")).isEmpty();
    }

    @Test
    void aTextThatIsCutShortAnywhereIsNotTakenForAWholeOne() {
        byte[] whole = Fields.write(META.toFields("key"));
        for (int length = 0; length < whole.length; length++) {
            assertThat(Fields.read(Arrays.copyOf(whole, length)))
                    .as("%d bytes", length)
                    .isEmpty();
        }
    }

    @Test
    void damagedTextsAreReadOrRefusedButNeverFail() {
        Random random = new Random(4);
        byte[] whole = Fields.write(META.toFields("key"));
        for (int i = 0; i < 20_000; i++) {
            byte[] damaged = whole.clone();
            for (int n = random.nextInt(1, 5); n > 0; n--) {
                damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
            }
            var _ = Fields.read(damaged).flatMap(fields -> ObjectMeta.fromFields(fields, "key"));
        }
        assertThat(Fields.read("comfy-bucket 1\nno equals sign\nend\n".getBytes(StandardCharsets.UTF_8)))
                .isEmpty();
    }
}
