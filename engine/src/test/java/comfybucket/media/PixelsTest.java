package comfybucket.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import comfybucket.error.CloudException;
import comfybucket.error.Problem;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PixelsTest {
    @Test
    void valuesAreCutAndTruncatedAsByNumpy() {
        // numpy: np.clip(np.float32(255) * x, 0, 255).astype(np.uint8)
        float[] values = {0f, 1f, 0.5f, -0.1f, 1.5f, 0.999999f, 0.0039215f, 0.0039216f, -0f, 1e30f, -1e30f};
        int[] expected = {0, 255, 127, 0, 255, 254, 0, 1, 0, 255, 0};
        assertThat(quantized(values)).containsExactly(expected);
    }

    @Test
    void infinityIsCutAndWhatIsNoNumberBecomesBlack() {
        assertThat(quantized(Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, Float.NaN))
                .containsExactly(255, 0, 0);
    }

    @Test
    void everyEightBitValueSurvivesTheWayThroughFloats() {
        float[] values = new float[256];
        for (int i = 0; i < values.length; i++) {
            values[i] = i / 255f;
        }
        int[] quantized = quantized(values);
        for (int i = 0; i < values.length; i++) {
            assertThat(quantized[i]).isEqualTo((int) (255f * values[i]));
        }
    }

    /** More samples than are looked at at once. */
    @Test
    void everySampleOfALargePictureIsQuantized() {
        Random random = new Random(2);
        float[] values = new float[3 * 4096 + 5];
        for (int i = 0; i < values.length; i++) {
            values[i] = random.nextFloat(-0.1f, 1.1f);
        }
        int[] quantized = quantized(values);
        for (int i = 0; i < values.length; i++) {
            assertThat(quantized[i]).isEqualTo(Math.clamp((int) (255f * values[i]), 0, 255));
        }
    }

    @Test
    void eachPictureOfABatchIsItsOwn() {
        try (Arena arena = Arena.ofConfined()) {
            int[] shape = {3, 5, 7, 4};
            MemorySegment floats = arena.allocate(ValueLayout.JAVA_FLOAT, 3 * 5 * 7 * 4);
            Random random = new Random(1);
            for (int i = 0; i < 3 * 5 * 7 * 4; i++) {
                floats.setAtIndex(ValueLayout.JAVA_FLOAT, i, random.nextFloat());
            }
            Pixels pixels = new Pixels(floats, shape[0], shape[1], shape[2], shape[3]);
            for (int index = 0; index < 3; index++) {
                Image8 image = pixels.image(index);
                assertThat(image.height()).isEqualTo(5);
                assertThat(image.width()).isEqualTo(7);
                assertThat(image.channels()).isEqualTo(4);
                for (int i = 0; i < 140; i++) {
                    float value = floats.getAtIndex(ValueLayout.JAVA_FLOAT, index * 140L + i);
                    assertThat(image.samples()[i] & 0xff).isEqualTo((int) (255f * value));
                }
            }
        }
    }

    @Test
    void memoryThatIsTooShortIsRefused() {
        MemorySegment floats = MemorySegment.ofArray(new float[11]);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Pixels(floats, 1, 2, 2, 3))
                .withMessageContaining("44 bytes where 48");
    }

    @Test
    void shapesOfNoPictureAreRefused() {
        MemorySegment floats = MemorySegment.ofArray(new float[100]);
        int[][] shapes = {{1, 0, 1, 3}, {1, 1, 0, 3}, {1, -1, 1, 3}, {1, 2, 2, 2}, {1, 2, 2, 5}, {-1, 2, 2, 3}};
        for (int[] shape : shapes) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new Pixels(floats, shape[0], shape[1], shape[2], shape[3]));
        }
    }

    @Test
    void hugePicturesAreRefusedBeforeAnythingIsAllocated() {
        MemorySegment floats = MemorySegment.ofArray(new float[1]);
        int[][] sides = {{65_536, 1}, {1, 65_536}, {40_000, 40_000}, {Integer.MAX_VALUE, Integer.MAX_VALUE}};
        for (int[] side : sides) {
            assertThatExceptionOfType(CloudException.class)
                    .isThrownBy(() -> new Pixels(floats, 1, side[0], side[1], 3))
                    .satisfies(e -> assertThat(e.problem()).isEqualTo(Problem.IMAGE_TOO_LARGE_FOR_FORMAT));
        }
    }

    private static int[] quantized(float... values) {
        Image8 image = new Pixels(MemorySegment.ofArray(values), 1, 1, values.length, 1).image(0);
        int[] samples = new int[values.length];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = image.samples()[i] & 0xff;
        }
        return samples;
    }
}
