package comfybucket.media;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Encodes what {@code bench/png/bench.py} sends, and says how long it took.
 *
 * <p>In: quality (0 for PNG, else WebP's), threads, pictures; then for each picture width, height, channels and its samples.
 * Out: nanoseconds from the first picture's start to the last one's end; then each file's length and bytes. Numbers are
 * 32 bits, nanoseconds 64, big-endian.
 */
final class EncoderBench {
    private EncoderBench() {}

    public static void main(String[] arguments) throws Exception {
        DataInputStream in = new DataInputStream(new BufferedInputStream(System.in, 1 << 20));
        DataOutputStream out = new DataOutputStream(new BufferedOutputStream(System.out, 1 << 20));
        for (int quality = in.read(); quality >= 0; quality = in.read()) {
            int threads = in.readInt();
            List<Image8> images = new ArrayList<>();
            for (int left = in.readInt(); left > 0; left--) {
                images.add(image(in));
            }
            answer(images, quality, threads, out);
        }
    }

    private static Image8 image(DataInputStream in) throws IOException {
        int width = in.readInt();
        int height = in.readInt();
        int channels = in.readInt();
        return new Image8(width, height, channels, in.readNBytes(width * height * channels));
    }

    private static void answer(List<Image8> images, int quality, int threads, DataOutputStream out) throws Exception {
        List<byte[]> files = new ArrayList<>();
        long start = System.nanoTime();
        if (threads == 1) {
            images.forEach(image -> files.add(encode(image, quality)));
        } else {
            try (ExecutorService pool = Executors.newFixedThreadPool(threads)) {
                List<Future<byte[]>> running = images.stream()
                        .map(image -> pool.submit(() -> encode(image, quality)))
                        .toList();
                for (Future<byte[]> file : running) {
                    files.add(file.get());
                }
            }
        }
        out.writeLong(System.nanoTime() - start);
        for (byte[] file : files) {
            out.writeInt(file.length);
            out.write(file);
        }
        out.flush();
    }

    private static byte[] encode(Image8 image, int quality) {
        return quality == 0
                ? PngEncoder.encode(image, WorkflowMetadata.NONE)
                : WebpEncoder.encode(image, quality, WorkflowMetadata.NONE);
    }
}
