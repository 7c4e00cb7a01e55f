package comfybucket.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import comfybucket.error.CloudException;
import comfybucket.media.Image8;
import comfybucket.media.WorkflowMetadata;
import comfybucket.naming.OnConflict;
import comfybucket.profile.ProfileRef;
import comfybucket.storage.ObjectKey;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A picture that waits to be encoded can be had as a file, also when its end is lost. */
class ExportTest {
    @TempDir
    private Path folder;

    private static Image8 white() {
        byte[] samples = new byte[8 * 6 * 3];
        Arrays.fill(samples, (byte) 255);
        return new Image8(8, 6, 3, samples);
    }

    @Test
    void whatIsLeftOfAPictureIsAPicture() throws IOException {
        try (Home home = new Home(folder, "MinIO")) {
            Home.Life life = home.life();
            WorkflowMetadata workflow =
                    new WorkflowMetadata(Optional.of("{}"), new LinkedHashMap<>(Map.of("workflow", "{}")));
            Accepted accepted = life.outbox.accept(new Draft(
                    ProfileRef.DEFAULT,
                    home.bucket(),
                    new ObjectKey("cat.png"),
                    Optional.empty(),
                    OnConflict.RENAME,
                    "image/png",
                    new Source.Picture(white(), new PictureRecipe(PictureRecipe.Format.PNG, 95), workflow)));
            accepted.keep();
            Desk desk = life.outbox.desk();
            JobId job = desk.list().getFirst().id();
            Path whole = folder.resolve("whole.png");
            desk.export(job, whole);
            assertThat(ImageIO.read(whole.toFile()).getRGB(7, 5)).isEqualTo(0xFFFFFFFF);

            cut(accepted.file(), 8 * 3 * 3);
            assertThatThrownBy(() -> desk.retry(job, moved -> {}))
                    .isInstanceOf(CloudException.class)
                    .hasMessageContaining("comfy-bucket outbox export");
            Path rest = folder.resolve("rest.png");
            desk.export(job, rest);
            assertThat(ImageIO.read(rest.toFile()).getRGB(7, 2)).isEqualTo(0xFFFFFFFF);
            assertThat(ImageIO.read(rest.toFile()).getRGB(0, 3)).isEqualTo(0xFF000000);

            cut(accepted.file(), 0);
            Path nothing = folder.resolve("nothing.png");
            assertThatThrownBy(() -> desk.export(job, nothing)).isInstanceOf(CloudException.class);
            assertThat(nothing).doesNotExist();
        }
    }

    private static void cut(Path file, long length) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.truncate(length);
        }
    }
}
