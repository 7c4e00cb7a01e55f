package comfybucket.media;

import java.util.Arrays;
import java.util.Random;

/** Pictures made from a seed, of the kinds that encoders find easy and hard. */
final class Pictures {
    private Pictures() {}

    /** Smooth light with edges and the grain of a sensor. */
    static Image8 photo(int width, int height, int channels, long seed) {
        Random random = new Random(seed);
        double[] waves = random.doubles(24, 0.01, 0.2).toArray();
        byte[] samples = new byte[width * height * channels];
        for (int y = 0, i = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                double light = (x * waves[0] > y * waves[1] + 3 ? 40 : 0) + 110;
                for (int w = 2; w < waves.length; w += 2) {
                    light += 60.0 / w * Math.sin(x * waves[w] * w + y * waves[w + 1] * w);
                }
                for (int c = 0; c < channels; c++, i++) {
                    samples[i] = (byte) Math.clamp(light + 12 * c + 3 * random.nextGaussian(), 0, 255);
                }
            }
        }
        return new Image8(width, height, channels, samples);
    }

    /** The photo in few colours. */
    static Image8 posterised(int width, int height, int channels, long seed) {
        byte[] samples = photo(width, height, channels, seed).toArray();
        for (int i = 0; i < samples.length; i++) {
            samples[i] &= (byte) 0xc0;
        }
        return new Image8(width, height, channels, samples);
    }

    /** One colour. */
    static Image8 flat(int width, int height, int channels, long seed) {
        byte[] samples = new byte[width * height * channels];
        Arrays.fill(samples, (byte) seed);
        return new Image8(width, height, channels, samples);
    }

    /** Dark marks that repeat on white, as letters do. */
    static Image8 text(int width, int height, int channels, long seed) {
        Random random = new Random(seed);
        boolean[][] letters = new boolean[26][8 * 12];
        for (boolean[] letter : letters) {
            for (int i = 0; i < letter.length; i++) {
                letter[i] = random.nextInt(4) == 0;
            }
        }
        int perLine = width / 8 + 1;
        int[] lines = random.ints((long) perLine * (height / 12 + 1), 0, 26).toArray();
        byte[] samples = new byte[width * height * channels];
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                boolean dark = letters[lines[y / 12 * perLine + x / 8]][y % 12 * 8 + x % 8];
                int from = (y * width + x) * channels;
                Arrays.fill(samples, from, from + channels, (byte) (dark ? 20 : 255));
            }
        }
        return new Image8(width, height, channels, samples);
    }

    /** Nothing in it repeats or can be foreseen. */
    static Image8 noise(int width, int height, int channels, long seed) {
        byte[] samples = new byte[width * height * channels];
        new Random(seed).nextBytes(samples);
        return new Image8(width, height, channels, samples);
    }

    /** Single bright pixels far apart on black: long runs, and matches from far away. */
    static Image8 sparkles(int width, int height, int channels, long seed) {
        Random random = new Random(seed);
        byte[] samples = new byte[width * height * channels];
        for (int i = random.nextInt(2_000); i < samples.length; i += 1 + random.nextInt(2_000)) {
            samples[i] = (byte) random.nextInt();
        }
        return new Image8(width, height, channels, samples);
    }

    /** Stripes that repeat after any number of bytes up to more than DEFLATE reaches back. */
    static Image8 stripes(int width, int height, int channels, long seed) {
        Random random = new Random(seed);
        byte[] period = new byte[1 + random.nextInt(1 << random.nextInt(1, 17))];
        random.nextBytes(period);
        byte[] samples = new byte[width * height * channels];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = period[i % period.length];
        }
        return new Image8(width, height, channels, samples);
    }

    /** Squares of the other kinds side by side. */
    static Image8 patchwork(int width, int height, int channels, long seed) {
        Random random = new Random(seed);
        byte[] samples = new byte[width * height * channels];
        Image8[] kinds = {
            photo(width, height, channels, seed),
            posterised(width, height, channels, seed),
            flat(width, height, channels, seed),
            text(width, height, channels, seed),
            noise(width, height, channels, seed),
            sparkles(width, height, channels, seed),
            stripes(width, height, channels, seed)
        };
        int side = 20 + random.nextInt(100);
        for (int y = 0; y < height; y += side) {
            for (int x = 0; x < width; x += side) {
                Image8 kind = kinds[random.nextInt(kinds.length)];
                int bytes = Math.min(side, width - x) * channels;
                for (int row = y; row < Math.min(height, y + side); row++) {
                    int at = (row * width + x) * channels;
                    System.arraycopy(kind.toArray(), at, samples, at, bytes);
                }
            }
        }
        return new Image8(width, height, channels, samples);
    }
}
