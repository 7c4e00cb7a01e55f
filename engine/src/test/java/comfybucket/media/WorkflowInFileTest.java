package comfybucket.media;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class WorkflowInFileTest {
    private static final Image8 PICTURE = Pictures.photo(31, 17, 3, 1);
    private static final Image8 TRANSLUCENT = Pictures.photo(31, 17, 4, 2);
    private static final byte[] PLAIN_JPEG = jpeg();

    enum Format {
        PNG,
        WEBP,
        TRANSLUCENT_WEBP,
        JPEG;

        byte[] file(WorkflowMetadata workflow, int quality) {
            return switch (this) {
                case PNG -> PngEncoder.encode(PICTURE, workflow);
                case WEBP -> WebpEncoder.encode(PICTURE, quality, workflow);
                case TRANSLUCENT_WEBP -> WebpEncoder.encode(TRANSLUCENT, quality, workflow);
                case JPEG -> JpegMetadata.insert(PLAIN_JPEG, workflow);
            };
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatIsEmbeddedIsReadBack(Format format) {
        for (int seed = 0; seed < 60; seed++) {
            WorkflowMetadata workflow = Workflows.random(new Random(seed));
            WorkflowMetadata read = WorkflowReader.read(format.file(workflow, 1 + seed));
            assertThat(read).as("seed %d", seed).isEqualTo(workflow);
            assertThat(read.extra().sequencedKeySet())
                    .containsExactlyElementsOf(workflow.extra().sequencedKeySet());
        }
    }

    @ParameterizedTest
    @EnumSource
    void thePictureStaysTheSame(Format format) throws IOException {
        byte[] plain = format.file(WorkflowMetadata.NONE, 80);
        for (int seed = 0; seed < 10; seed++) {
            byte[] file = format.file(Workflows.random(new Random(seed)), 80);
            assertThat(pixels(file)).as("seed %d", seed).isEqualTo(pixels(plain));
        }
    }

    @ParameterizedTest
    @EnumSource
    void damagedFilesAreReadWithoutAnError(Format format) {
        byte[] file = format.file(Workflows.random(new Random(5)), 80);
        Random random = new Random(7);
        for (int i = 0; i < 2_000; i++) {
            byte[] damaged = Arrays.copyOf(file, 1 + random.nextInt(file.length));
            for (int flips = random.nextInt(8); flips > 0; flips--) {
                damaged[random.nextInt(Math.min(damaged.length, 300))] = (byte) random.nextInt();
            }
            assertThatCode(() -> WorkflowReader.read(damaged)).doesNotThrowAnyException();
        }
    }

    @Test
    void moreNamesThanExifHasTagsForAreCutOff() {
        LinkedHashMap<String, String> extra = new LinkedHashMap<>();
        for (int i = 0; i < 300; i++) {
            extra.put("name" + i, "{}");
        }
        WorkflowMetadata workflow = new WorkflowMetadata(Optional.of("{}"), extra);
        WorkflowMetadata read = WorkflowReader.read(JpegMetadata.insert(PLAIN_JPEG, workflow));
        assertThat(read.prompt()).contains("{}");
        assertThat(read.extra().sequencedKeySet())
                .containsExactlyElementsOf(List.copyOf(extra.sequencedKeySet()).subList(0, 272));
    }

    /** ComfyUI's page adds up the lengths without RIFF's padding. */
    @Test
    void noChunkOfWebpHasAnOddLength() {
        for (int seed = 0; seed < 20; seed++) {
            byte[] file = Format.TRANSLUCENT_WEBP.file(Workflows.random(new Random(seed)), 50 + seed);
            int at = 12;
            while (at < file.length) {
                int length = (file[at + 4] & 0xff) | (file[at + 5] & 0xff) << 8 | (file[at + 6] & 0xff) << 16;
                assertThat(length % 2).as("seed %d", seed).isZero();
                at += 8 + length;
            }
            assertThat(at).isEqualTo(file.length);
        }
    }

    @Test
    void aSecondInsertReplacesTheFirst() {
        WorkflowMetadata first = Workflows.random(new Random(1));
        WorkflowMetadata second = Workflows.random(new Random(2));
        byte[] file = JpegMetadata.insert(JpegMetadata.insert(PLAIN_JPEG, first), second);
        assertThat(file).isEqualTo(JpegMetadata.insert(PLAIN_JPEG, second));
    }

    @Test
    void onlyWholeJpegsAreTaken() {
        WorkflowMetadata workflow = Workflows.random(new Random(1));
        for (byte[] other :
                List.of(new byte[0], new byte[] {(byte) 0xff, (byte) 0xd8}, Arrays.copyOf(PLAIN_JPEG, 100))) {
            assertThatIllegalArgumentException().isThrownBy(() -> JpegMetadata.insert(other, workflow));
        }
    }

    @Test
    void filesOfOtherKindsHoldNothing() {
        assertThat(WorkflowReader.read("GIF89a and more".getBytes(US_ASCII))).isEqualTo(WorkflowMetadata.NONE);
        assertThat(WorkflowReader.read(new byte[0])).isEqualTo(WorkflowMetadata.NONE);
    }

    private static int[] pixels(byte[] file) throws IOException {
        BufferedImage image = ImageIO.read(new ByteArrayInputStream(file));
        return image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
    }

    private static byte[] jpeg() {
        BufferedImage image = new BufferedImage(PICTURE.width(), PICTURE.height(), BufferedImage.TYPE_3BYTE_BGR);
        image.getRaster().setDataElements(0, 0, PICTURE.width(), PICTURE.height(), PICTURE.toArray());
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            ImageIO.write(image, "jpeg", out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }
}
