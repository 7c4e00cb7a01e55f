package comfybucket.store.faults;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Makes damaged inputs of good ones. */
final class Mutations {
    /** What parsers stumble over, whatever they parse. */
    private static final List<String> WORDS = List.of(
            "",
            "\0",
            "\n",
            "\r\n",
            "0",
            "-1",
            "2147483648",
            "4294967296",
            "9223372036854775808",
            "99999999999999999999999999",
            "1e999999",
            "NaN",
            "%",
            "%zz",
            "%00",
            "\ufffd",
            "\ufeff",
            "\ud83d\ude00",
            "../",
            "[[[[[[[[",
            "{\"a\":{\"a\":{\"a\":",
            "<!DOCTYPE",
            "&x;",
            "]]>",
            "\\u0000",
            "\\ud800");

    private static final int LONGEST = 1 << 16;

    private final Random random;
    private final List<byte[]> examples;
    private final List<byte[]> words;

    Mutations(Random random, List<byte[]> examples, List<byte[]> words) {
        this.random = random;
        this.examples = examples;
        this.words = words;
    }

    static List<byte[]> words() {
        return WORDS.stream().map(word -> word.getBytes(StandardCharsets.UTF_8)).toList();
    }

    byte[] next() {
        byte[] input = one(examples);
        for (int changes = 1 + random.nextInt(6); changes > 0; changes--) {
            input = changed(input);
        }
        return input.length > LONGEST ? Arrays.copyOf(input, LONGEST) : input;
    }

    private byte[] changed(byte[] input) {
        int at = random.nextInt(input.length + 1);
        int end = Math.min(input.length, at + length(input));
        return switch (random.nextInt(9)) {
            case 0 -> Arrays.copyOf(input, at);
            case 1 -> replaced(input, at, end, new byte[0]);
            case 2 -> replaced(input, at, at, one(words));
            case 3 -> replaced(input, at, end, one(words));
            case 4 -> replaced(input, at, at, Arrays.copyOfRange(input, at, end));
            case 5 -> replaced(input, at, at, repeated(Arrays.copyOfRange(input, at, end)));
            case 6 -> spliced(input, at);
            case 7 -> withByte(input, at, (byte) random.nextInt());
            default -> withByte(input, at, (byte) (at < input.length ? input[at] ^ (1 << random.nextInt(8)) : 0));
        };
    }

    private int length(byte[] input) {
        return random.nextBoolean() ? 1 + random.nextInt(4) : 1 + random.nextInt(Math.max(1, input.length / 4));
    }

    private byte[] repeated(byte[] piece) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        int times = 1 << random.nextInt(10);
        for (int i = 0; i < times && all.size() < LONGEST; i++) {
            all.writeBytes(piece);
        }
        return all.toByteArray();
    }

    private byte[] spliced(byte[] input, int at) {
        byte[] other = one(examples);
        return replaced(
                input, at, input.length, Arrays.copyOfRange(other, random.nextInt(other.length + 1), other.length));
    }

    private static byte[] withByte(byte[] input, int at, byte value) {
        return at < input.length ? replaced(input, at, at + 1, new byte[] {value}) : input;
    }

    private static byte[] replaced(byte[] input, int start, int end, byte[] middle) {
        ByteArrayOutputStream all = new ByteArrayOutputStream(input.length + middle.length);
        all.write(input, 0, start);
        all.writeBytes(middle);
        all.write(input, end, input.length - end);
        return all.toByteArray();
    }

    private byte[] one(List<byte[]> some) {
        return some.get(random.nextInt(some.size()));
    }
}
