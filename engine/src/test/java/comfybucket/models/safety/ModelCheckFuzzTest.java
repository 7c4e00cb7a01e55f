package comfybucket.models.safety;

import static org.assertj.core.api.Assertions.assertThat;

import comfybucket.error.CloudException;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Whatever the bytes: taken or refused by an error of the catalogue, within a second. */
class ModelCheckFuzzTest {
    private static final long SECOND = 1_000_000_000;

    private final List<byte[]> seeds = new ArrayList<>();

    ModelCheckFuzzTest() {
        seeds.addAll(List.of(Models.safetensors(), Models.gguf(), Models.onnx(), Models.archive(), Models.legacy()));
        seeds.addAll(Attacks.files().values());
    }

    @Test
    void survivesAHundredThousandFiles() throws IOException {
        fuzz(1, 100_000);
    }

    @Test
    @Tag("long")
    void survivesTenMillionFiles() throws IOException {
        fuzz(System.nanoTime(), 10_000_000);
    }

    private void fuzz(long seed, int executions) throws IOException {
        SplittableRandom random = new SplittableRandom(seed);
        List<String> names = List.of("m.safetensors", "m.gguf", "m.onnx", "m.ckpt");
        long slowest = 0;
        int taken = 0;
        for (int i = 0; i < executions; i++) {
            byte[] file = changed(seeds.get(random.nextInt(seeds.size())), random);
            String name = names.get(random.nextInt(names.size()));
            long start = cpuTime();
            try {
                ModelCheck check = ModelCheck.of(name, "s3://b/k", random.nextBoolean());
                check.beginning(ByteBuffer.wrap(file, 0, random.nextInt(file.length + 1)), file.length);
                check.whole(Bytes.channel(file));
                taken++;
            } catch (CloudException refused) {
                // As it should be, mostly.
            } catch (RuntimeException | IOException escaped) {
                throw new AssertionError("seed " + seed + ", execution " + i, escaped);
            }
            slowest = Math.max(slowest, cpuTime() - start);
        }
        System.out.printf("%,d model files, %,d taken, slowest %.1f ms%n", executions, taken, slowest / 1e6);
        assertThat(slowest).as("seed %d", seed).isLessThan(SECOND);
        assertThat(taken).isBetween(1, executions - 1);
    }

    /** Not the clock's: other processes would count. */
    private static long cpuTime() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    private static byte[] changed(byte[] seed, SplittableRandom random) {
        byte[] file = seed.clone();
        for (int changes = random.nextInt(4); changes > 0 && file.length > 0; changes--) {
            int at = random.nextInt(file.length);
            switch (random.nextInt(4)) {
                case 0 -> file[at] = (byte) random.nextInt();
                case 1 -> file[at] ^= (byte) (1 << random.nextInt(8));
                case 2 -> file = Arrays.copyOf(file, at);
                default -> {
                    byte[] repeated = Arrays.copyOf(file, file.length + random.nextInt(64));
                    System.arraycopy(file, at, repeated, repeated.length - (file.length - at), file.length - at);
                    file = repeated;
                }
            }
        }
        return file;
    }
}
