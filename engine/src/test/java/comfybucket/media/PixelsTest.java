package comfybucket.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import comfybucket.error.CloudException;
import comfybucket.error.Problem;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PixelsTest {
    @Test
    void eachPictureOfABatchIsItsOwn() {
        byte[] samples = new byte[3 * 5 * 7 * 4 + 9];
        new Random(1).nextBytes(samples);
        Pixels pixels = new Pixels(MemorySegment.ofArray(samples), 3, 5, 7, 4);
        for (int index = 0; index < 3; index++) {
            Image8 image = pixels.image(index);
            assertThat(image.height()).isEqualTo(5);
            assertThat(image.width()).isEqualTo(7);
            assertThat(image.channels()).isEqualTo(4);
            assertThat(image.toArray()).isEqualTo(Arrays.copyOfRange(samples, index * 140, (index + 1) * 140));
        }
    }

    @Test
    void memoryThatIsTooShortIsRefused() {
        MemorySegment samples = MemorySegment.ofArray(new byte[11]);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Pixels(samples, 1, 2, 2, 3))
                .withMessageContaining("11 bytes where 12");
    }

    @Test
    void shapesOfNoPictureAreRefused() {
        MemorySegment samples = MemorySegment.ofArray(new byte[100]);
        int[][] shapes = {{1, 0, 1, 3}, {1, 1, 0, 3}, {1, -1, 1, 3}, {1, 2, 2, 2}, {1, 2, 2, 5}, {-1, 2, 2, 3}};
        for (int[] shape : shapes) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new Pixels(samples, shape[0], shape[1], shape[2], shape[3]));
        }
    }

    @Test
    void hugePicturesAreRefusedBeforeAnythingIsAllocated() {
        MemorySegment samples = MemorySegment.ofArray(new byte[1]);
        int[][] sides = {{65_536, 1}, {1, 65_536}, {40_000, 40_000}, {Integer.MAX_VALUE, Integer.MAX_VALUE}};
        for (int[] side : sides) {
            assertThatExceptionOfType(CloudException.class)
                    .isThrownBy(() -> new Pixels(samples, 1, side[0], side[1], 3))
                    .satisfies(e -> assertThat(e.problem()).isEqualTo(Problem.IMAGE_TOO_LARGE_FOR_FORMAT));
        }
    }
}
