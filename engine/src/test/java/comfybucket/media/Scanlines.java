package comfybucket.media;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** PNG's rows read back, from the words of the specification and by other people's inflate. */
final class Scanlines {
    private Scanlines() {}

    static byte[] inflate(Image8 image, ByteBuffer zlib) throws DataFormatException {
        byte[] rows = new byte[image.height() * (image.stride() + 1)];
        try (Inflater inflater = new Inflater()) {
            inflater.setInput(zlib);
            assertThat(inflater.inflate(rows)).isEqualTo(rows.length);
            assertThat(inflater.inflate(new byte[1])).isZero();
            assertThat(inflater.finished()).isTrue();
            assertThat(inflater.getRemaining()).isZero();
        }
        return rows;
    }

    static byte[] unfiltered(Image8 image, byte[] rows) {
        int stride = image.stride();
        int pixel = image.channels();
        byte[] samples = new byte[image.height() * stride];
        for (int y = 0; y < image.height(); y++) {
            int filter = rows[y * (stride + 1)];
            for (int x = 0; x < stride; x++) {
                int at = y * stride + x;
                int a = x < pixel ? 0 : samples[at - pixel] & 0xff;
                int b = y == 0 ? 0 : samples[at - stride] & 0xff;
                int c = x < pixel || y == 0 ? 0 : samples[at - stride - pixel] & 0xff;
                int prediction = switch (filter) {
                    case 0 -> 0;
                    case 1 -> a;
                    case 2 -> b;
                    case 3 -> (a + b) / 2;
                    case 4 -> paeth(a, b, c);
                    default -> throw new AssertionError("Filter " + filter);
                };
                samples[at] = (byte) (rows[y * (stride + 1) + 1 + x] + prediction);
            }
        }
        return samples;
    }

    private static int paeth(int a, int b, int c) {
        int p = a + b - c;
        int pa = Math.abs(p - a);
        int pb = Math.abs(p - b);
        int pc = Math.abs(p - c);
        if (pa <= pb && pa <= pc) {
            return a;
        }
        return pb <= pc ? b : c;
    }
}
