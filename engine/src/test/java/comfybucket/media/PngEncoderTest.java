package comfybucket.media;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class PngEncoderTest {
    private static final int[] CHANNELS = {1, 3, 4};

    enum Kind {
        PHOTO,
        POSTERISED,
        FLAT,
        TEXT,
        NOISE,
        SPARKLES,
        STRIPES;

        Image8 picture(int width, int height, int channels, long seed) {
            return switch (this) {
                case PHOTO -> Pictures.photo(width, height, channels, seed);
                case POSTERISED -> Pictures.posterised(width, height, channels, seed);
                case FLAT -> Pictures.flat(width, height, channels, seed);
                case TEXT -> Pictures.text(width, height, channels, seed);
                case NOISE -> Pictures.noise(width, height, channels, seed);
                case SPARKLES -> Pictures.sparkles(width, height, channels, seed);
                case STRIPES -> Pictures.stripes(width, height, channels, seed);
            };
        }
    }

    @ParameterizedTest
    @EnumSource
    void everySmallSizeIsDecodedAsItWas(Kind kind) throws IOException {
        for (int height = 1; height <= 9; height++) {
            for (int width = 1; width <= 19; width++) {
                for (int channels : CHANNELS) {
                    assertDecodes(kind.picture(width, height, channels, width * 31L + height));
                }
            }
        }
    }

    /** Wider than the window, higher than a band, and sizes between. */
    @ParameterizedTest
    @EnumSource
    void largeAndLongPicturesAreDecodedAsTheyWere(Kind kind) throws IOException {
        int[][] sizes = {{20_000, 7}, {2, 9_000}, {65_535, 1}, {1, 65_535}, {701, 503}};
        for (int[] size : sizes) {
            for (int channels : CHANNELS) {
                assertDecodes(kind.picture(size[0], size[1], channels, size[0]));
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void bothWaysToCompressGiveBackAnyPicture(Kind kind) throws Exception {
        Random random = new Random(11);
        for (int i = 0; i < 30; i++) {
            Image8 image = kind.picture(
                    1 + random.nextInt(300), 1 + random.nextInt(300), CHANNELS[random.nextInt(3)], random.nextLong());
            for (Content content : Content.values()) {
                assertThat(Scanlines.unfiltered(image, Scanlines.inflate(image, PixelStream.compress(image, content))))
                        .as("%s %d × %d × %d", content, image.width(), image.height(), image.channels())
                        .isEqualTo(image.toArray());
            }
        }
    }

    @Test
    void picturesInPartsOfEveryKindAreDecodedAsTheyWere() throws IOException {
        for (int seed = 0; seed < 20; seed++) {
            assertDecodes(Pictures.patchwork(400, 400, CHANNELS[seed % 3], seed));
        }
    }

    /** A stored block adds five bytes to at most 32,768; a zlib stream six. */
    @Test
    void whatCannotBeCompressedHardlyGrows() {
        Image8 noise = Pictures.noise(640, 480, 3, 1);
        int raw = 480 * (1 + 3 * 640);
        for (Content content : Content.values()) {
            assertThat(PixelStream.compress(noise, content).remaining())
                    .isLessThanOrEqualTo(raw + 6 + 5 * (raw / 32_768 + 1));
        }
    }

    @Test
    void plainPicturesBecomeTiny() {
        assertThat(PngEncoder.encode(Pictures.flat(1024, 1024, 3, 7), WorkflowMetadata.NONE))
                .hasSizeLessThan(5_000);
        assertThat(PngEncoder.encode(Pictures.flat(1, 1, 3, 7), WorkflowMetadata.NONE))
                .hasSizeLessThan(75);
    }

    @Test
    void contentIsTakenForWhatItIs() {
        assertThat(Content.of(Pictures.photo(300, 300, 3, 1))).isEqualTo(Content.PHOTO);
        assertThat(Content.of(Pictures.noise(300, 300, 3, 1))).isEqualTo(Content.PHOTO);
        assertThat(Content.of(Pictures.text(300, 300, 3, 1))).isEqualTo(Content.DRAWING);
        assertThat(Content.of(Pictures.flat(300, 300, 3, 1))).isEqualTo(Content.DRAWING);
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "19, 7", "640, 480", "20000, 7", "1, 65535"})
    void whatIsOnlyStoredIsDecodedAsItWas(int width, int height) throws IOException {
        for (int channels : CHANNELS) {
            Image8 image = Pictures.photo(width, height, channels, width);
            byte[] file = PngEncoder.store(image, WorkflowMetadata.NONE);
            assertSame(file, image);
            assertThat(file.length).isLessThan(image.toArray().length + image.height() + 1000);
        }
    }

    private static void assertDecodes(Image8 image) throws IOException {
        assertSame(PngEncoder.encode(image, WorkflowMetadata.NONE), image);
    }

    private static void assertSame(byte[] file, Image8 image) throws IOException {
        BufferedImage decoded = ImageIO.read(new ByteArrayInputStream(file));
        assertThat(decoded.getWidth()).isEqualTo(image.width());
        assertThat(decoded.getHeight()).isEqualTo(image.height());
        assertThat(decoded.getRaster().getNumBands()).isEqualTo(image.channels());
        int[] samples = decoded.getRaster().getPixels(0, 0, image.width(), image.height(), (int[]) null);
        byte[] bytes = new byte[samples.length];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) samples[i];
        }
        assertThat(bytes)
                .as("%d × %d × %d", image.width(), image.height(), image.channels())
                .isEqualTo(image.toArray());
    }
}
