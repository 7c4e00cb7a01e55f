package comfybucket.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import comfybucket.error.CloudException;
import comfybucket.error.Problem;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

class WebpEncoderTest {
    @Test
    void thePictureIsNearlyWhatItWas() throws IOException {
        for (int channels : new int[] {1, 3, 4}) {
            Image8 image = Pictures.photo(160, 90, channels, 1);
            BufferedImage decoded = decode(WebpEncoder.encode(image, 95, WorkflowMetadata.NONE));
            assertThat(decoded.getWidth()).isEqualTo(160);
            assertThat(decoded.getHeight()).isEqualTo(90);
            assertThat(meanError(image, decoded)).as("%d channels", channels).isLessThan(4);
        }
    }

    @Test
    void alphaIsKeptExactly() throws IOException {
        Image8 image = Pictures.photo(64, 64, 4, 2);
        BufferedImage decoded = decode(WebpEncoder.encode(image, 50, WorkflowMetadata.NONE));
        for (int y = 0; y < 64; y++) {
            for (int x = 0; x < 64; x++) {
                assertThat(decoded.getRGB(x, y) >>> 24).isEqualTo(image.toArray()[(y * 64 + x) * 4 + 3] & 0xff);
            }
        }
    }

    @Test
    void moreQualityTakesMoreBytes() {
        Image8 image = Pictures.photo(200, 200, 3, 3);
        int before = 0;
        for (int quality : new int[] {1, 50, 80, 95, 100}) {
            int bytes = WebpEncoder.encode(image, quality, WorkflowMetadata.NONE).length;
            assertThat(bytes).isGreaterThan(before);
            before = bytes;
        }
    }

    @Test
    void qualitiesOutsideOfTheScaleAreRefused() {
        Image8 image = Pictures.flat(1, 1, 3, 1);
        for (int quality : new int[] {0, 101, -1}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> WebpEncoder.encode(image, quality, WorkflowMetadata.NONE));
        }
    }

    @Test
    void sidesThatTheFormatCannotHoldAreRefused() {
        assertThat(WebpEncoder.encode(Pictures.flat(16_383, 1, 3, 1), 80, WorkflowMetadata.NONE))
                .isNotEmpty();
        for (Image8 image : new Image8[] {Pictures.flat(16_384, 1, 3, 1), Pictures.flat(1, 16_384, 3, 1)}) {
            assertThatExceptionOfType(CloudException.class)
                    .isThrownBy(() -> WebpEncoder.encode(image, 80, WorkflowMetadata.NONE))
                    .satisfies(e -> assertThat(e.problem()).isEqualTo(Problem.IMAGE_TOO_LARGE_FOR_FORMAT));
        }
    }

    @Test
    void theUnpackedLibraryIsNotLeftBehind() throws IOException {
        WebpEncoder.encode(Pictures.flat(1, 1, 3, 1), 80, WorkflowMetadata.NONE);
        long own = ProcessHandle.current().pid();
        try (Stream<Path> files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .noneMatch(name -> name.startsWith("comfy-bucket-webp-" + own));
        }
    }

    private static BufferedImage decode(byte[] file) throws IOException {
        return ImageIO.read(new ByteArrayInputStream(file));
    }

    private static double meanError(Image8 image, BufferedImage decoded) {
        long error = 0;
        int colours = Math.min(3, image.channels());
        for (int y = 0; y < image.height(); y++) {
            for (int x = 0; x < image.width(); x++) {
                for (int c = 0; c < colours; c++) {
                    int was = image.toArray()[(y * image.width() + x) * image.channels() + c] & 0xff;
                    error += Math.abs(was - (decoded.getRGB(x, y) >> (16 - 8 * c) & 0xff));
                }
            }
        }
        return (double) error / (image.width() * image.height() * colours);
    }
}
