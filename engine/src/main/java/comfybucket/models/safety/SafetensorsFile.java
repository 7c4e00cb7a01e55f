package comfybucket.models.safety;

import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import com.google.gson.stream.MalformedJsonException;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The header of a safetensors file, held to the rules of the format's own library: 8 bytes of length, JSON, and tensors
 * that fill the rest without a hole, an overlap or a byte too many.
 *
 * @see <a href="https://huggingface.co/docs/safetensors/index#format">The format</a>
 */
final class SafetensorsFile {
    /** Bytes; the library's own limit. */
    private static final long LARGEST_HEADER = 100_000_000;

    private static final int MOST_TENSORS = 1_000_000;
    private static final int LENGTH_BYTES = 8;

    /** A type that is not here may be of a newer version of the format; only its size cannot be checked. */
    private static final Map<String, Integer> BITS = Map.ofEntries(
            Map.entry("BOOL", 8),
            Map.entry("U8", 8),
            Map.entry("I8", 8),
            Map.entry("F8_E5M2", 8),
            Map.entry("F8_E4M3", 8),
            Map.entry("F8_E8M0", 8),
            Map.entry("I16", 16),
            Map.entry("U16", 16),
            Map.entry("F16", 16),
            Map.entry("BF16", 16),
            Map.entry("I32", 32),
            Map.entry("U32", 32),
            Map.entry("F32", 32),
            Map.entry("I64", 64),
            Map.entry("U64", 64),
            Map.entry("F64", 64));

    private record Span(long begin, long end) {}

    static void check(ModelBytes file) throws IOException {
        long length = file.read(0, LENGTH_BYTES).getLong();
        if (length < 2 || length > LARGEST_HEADER || length > file.size() - LENGTH_BYTES) {
            throw new UnfitException("does not begin like a safetensors file");
        }
        if (file.read(LENGTH_BYTES, 1).get() != '{') {
            throw new UnfitException("has a safetensors header that is not JSON");
        }
        List<Span> spans;
        try (JsonReader json = new JsonReader(
                new InputStreamReader(file.stream(LENGTH_BYTES, length), StandardCharsets.UTF_8.newDecoder()))) {
            json.setStrictness(Strictness.STRICT);
            spans = tensors(json);
        } catch (MalformedJsonException
                | CharacterCodingException
                | IllegalStateException
                | NumberFormatException broken) {
            throw new UnfitException("has a safetensors header that is damaged");
        } catch (ArithmeticException overflow) {
            throw new UnfitException("has a tensor of impossible size");
        }
        checkFilled(spans, file.size() - LENGTH_BYTES - length);
    }

    private static List<Span> tensors(JsonReader json) throws IOException {
        List<Span> spans = new ArrayList<>();
        Set<String> names = new HashSet<>();
        json.beginObject();
        while (json.hasNext()) {
            String name = json.nextName();
            if (!names.add(name) || names.size() > MOST_TENSORS) {
                throw new UnfitException("names a tensor twice, or far too many");
            }
            if (name.equals("__metadata__")) {
                metadata(json);
            } else {
                spans.add(tensor(json));
            }
        }
        json.endObject();
        require(json, JsonToken.END_DOCUMENT);
        return spans;
    }

    private static void metadata(JsonReader json) throws IOException {
        json.beginObject();
        while (json.hasNext()) {
            var _ = json.nextName();
            require(json, JsonToken.STRING);
            json.skipValue();
        }
        json.endObject();
    }

    private static Span tensor(JsonReader json) throws IOException {
        String type = "";
        long elements = -1;
        Span span = new Span(-1, -1);
        json.beginObject();
        while (json.hasNext()) {
            switch (json.nextName()) {
                case "dtype" -> {
                    require(json, JsonToken.STRING);
                    type = json.nextString();
                }
                case "shape" -> elements = product(json);
                case "data_offsets" -> {
                    json.beginArray();
                    span = new Span(whole(json), whole(json));
                    json.endArray();
                }
                default -> json.skipValue();
            }
        }
        json.endObject();
        Integer bits = BITS.get(type);
        if (type.isEmpty()
                || elements < 0
                || span.begin() < 0
                || span.end() < span.begin()
                || (bits != null && Math.multiplyExact(elements, bits.longValue()) / 8 != span.end() - span.begin())) {
            throw new UnfitException("describes a tensor that does not fit its place");
        }
        return span;
    }

    private static long product(JsonReader json) throws IOException {
        long product = 1;
        json.beginArray();
        while (json.hasNext()) {
            product = Math.multiplyExact(product, whole(json));
        }
        json.endArray();
        return product;
    }

    private static long whole(JsonReader json) throws IOException {
        require(json, JsonToken.NUMBER);
        long number = json.nextLong();
        if (number < 0) {
            throw new UnfitException("has a negative number in its safetensors header");
        }
        return number;
    }

    private static void require(JsonReader json, JsonToken wanted) throws IOException {
        if (json.peek() != wanted) {
            throw new UnfitException("has a safetensors header that is damaged");
        }
    }

    private static void checkFilled(List<Span> spans, long room) throws UnfitException {
        spans.sort(Comparator.comparingLong(Span::begin).thenComparingLong(Span::end));
        long filled = 0;
        for (Span span : spans) {
            if (span.begin() != filled) {
                throw new UnfitException("has a hole or an overlap between its tensors");
            }
            filled = span.end();
        }
        if (filled != room) {
            throw new UnfitException(
                    filled > room ? "is cut off" : "has bytes behind its tensors that belong to none of them");
        }
    }

    private SafetensorsFile() {}
}
