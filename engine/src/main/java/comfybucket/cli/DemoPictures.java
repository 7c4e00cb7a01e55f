package comfybucket.cli;

import comfybucket.media.Pixels;
import comfybucket.node.Progress;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/**
 * Pictures to try the product with: landscapes of mountains under a sky, with the detail and the grain of a photograph,
 * each from its own seed. They are drawn, so that nothing has to be shipped or fetched.
 */
final class DemoPictures {
    private static final int OCTAVES = 7;
    private static final int RANGES = 5;
    private static final float GRAIN = 0.012f;

    private final int width;
    private final int height;

    DemoPictures(int width, int height) {
        this.width = width;
        this.height = height;
    }

    /** A batch as the pack would hand it over: 8 bits a sample [count, height, width, 3]. */
    Pixels batch(int count, Arena arena, Progress progress) {
        long bytes = (long) width * height * 3;
        MemorySegment samples = arena.allocate(count * bytes);
        AtomicInteger drawn = new AtomicInteger();
        IntStream.range(0, count).parallel().forEach(index -> {
            draw(index, samples.asSlice(index * bytes, bytes));
            progress.update(drawn.incrementAndGet(), count);
        });
        return new Pixels(samples, count, height, width, 3);
    }

    private void draw(int seed, MemorySegment picture) {
        SplittableRandom random = new SplittableRandom(0x5EEDL + seed);
        float hour = (float) random.nextDouble();
        int[] crest = new int[width];
        float[] color = new float[3];
        for (int range = 0; range <= RANGES; range++) {
            float nearness = range / (float) RANGES;
            for (int x = 0; x < width; x++) {
                crest[x] = range == 0 ? 0 : crest(x, range, nearness, seed);
            }
            for (int y = 0; y < height; y++) {
                for (int x = 0; x < width; x++) {
                    if (y < crest[x]) {
                        continue;
                    }
                    if (range == 0) {
                        sky(x, y, hour, seed, color);
                    } else {
                        slope(x, y, y - crest[x], nearness, hour, seed + 31 * range, color);
                    }
                    put(picture, x, y, color, random);
                }
            }
        }
    }

    private int crest(int x, int range, float nearness, int seed) {
        float ridge = noise(x / (float) width * (3 + 2 * range), range * 17.3f, seed);
        return (int) (height * (0.25f + 0.55f * nearness + 0.32f * (ridge - 0.5f)));
    }

    private void sky(int x, int y, float hour, int seed, float[] color) {
        float down = y / (float) height;
        float cloud = Math.max(0, noise(x / (float) width * 4, down * 9, seed + 7) - 0.5f) * 1.6f;
        color[0] = 0.25f + 0.55f * down + 0.3f * hour * down + cloud;
        color[1] = 0.42f + 0.38f * down + cloud * 0.95f;
        color[2] = 0.72f + 0.12f * down - 0.35f * hour * down + cloud * 0.85f;
    }

    private void slope(int x, int y, int depth, float nearness, float hour, int seed, float[] color) {
        float rock = noise(x / 60f, y / 45f, seed);
        float light = 0.55f + 0.9f * (noise(x / 60f + 0.06f, y / 45f - 0.06f, seed) - rock) * 4;
        float snow = nearness < 0.5f && depth < 40 + 60 * rock ? 0.45f : 0;
        float haze = 0.65f * (1 - nearness);
        color[0] = mix((0.28f + 0.25f * rock) * light + snow, 0.68f + 0.2f * hour, haze);
        color[1] = mix((0.30f + 0.30f * rock * nearness) * light + snow, 0.72f, haze);
        color[2] = mix((0.22f + 0.10f * rock) * light + snow, 0.82f - 0.2f * hour, haze);
    }

    private void put(MemorySegment picture, int x, int y, float[] color, SplittableRandom random) {
        long at = ((long) y * width + x) * 3;
        for (int channel = 0; channel < 3; channel++) {
            float grain = (float) (random.nextDouble() + random.nextDouble() - 1) * 2 * GRAIN;
            float value = Math.clamp(color[channel] + grain, 0f, 1f);
            picture.set(ValueLayout.JAVA_BYTE, at + channel, (byte) (int) (255 * value));
        }
    }

    private static float mix(float near, float far, float share) {
        return near + (far - near) * share;
    }

    /** Fractal value noise, 0 to 1. */
    private static float noise(float x, float y, int seed) {
        float sum = 0;
        float weight = 0.5f;
        for (int octave = 0; octave < OCTAVES; octave++) {
            sum += weight * lattice(x, y, seed + octave * 101);
            x *= 2.03f;
            y *= 2.03f;
            weight /= 2;
        }
        return sum / (1 - weight * 2);
    }

    private static float lattice(float x, float y, int seed) {
        int left = (int) Math.floor(x);
        int top = (int) Math.floor(y);
        float across = smooth(x - left);
        float down = smooth(y - top);
        return mix(
                mix(corner(left, top, seed), corner(left + 1, top, seed), across),
                mix(corner(left, top + 1, seed), corner(left + 1, top + 1, seed), across),
                down);
    }

    private static float smooth(float t) {
        return t * t * (3 - 2 * t);
    }

    private static float corner(int x, int y, int seed) {
        int hash = x * 0x27D4EB2D + y * 0x165667B1 + seed * 0x9E3779B1;
        hash = (hash ^ (hash >>> 15)) * 0x85EBCA6B;
        hash = (hash ^ (hash >>> 13)) * 0xC2B2AE35;
        return ((hash ^ (hash >>> 16)) >>> 8) / (float) (1 << 24);
    }
}
