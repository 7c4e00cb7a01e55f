package comfybucket.provider;

import com.google.gson.stream.JsonReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Reads a provider's data file, token by token: mapping all of them to classes by reflection takes 211 ms of a cold
 * engine's first use, this takes 38 ms.
 */
final class ProviderFile {
    /** In the order in which users see them. */
    static final List<String> NAMES = List.of(
            "backblaze-b2",
            "aws-s3",
            "cloudflare-r2",
            "minio",
            "wasabi",
            "digitalocean-spaces",
            "gcs",
            "custom",
            "local");

    static final List<Provider> ALL = NAMES.stream().map(ProviderFile::read).toList();

    private String name = "";
    private String kind = "";
    private Optional<String> endpoint = Optional.empty();
    private final Map<String, String> jurisdictions = new HashMap<>();
    private final List<String> domains = new ArrayList<>();
    private String defaultRegion = "";
    private boolean pathStyle;
    private final Set<RequiredSetting> required = EnumSet.noneOf(RequiredSetting.class);
    private boolean awsCredentials;
    private String keys = "";
    private final Map<Quirk, QuirkNote> quirks = new EnumMap<>(Quirk.class);
    private String trial = "";

    private static Provider read(String name) {
        ProviderFile file = new ProviderFile();
        try (InputStream bytes = ProviderFile.class.getResourceAsStream(name + ".json");
                JsonReader json = new JsonReader(
                        new InputStreamReader(Objects.requireNonNull(bytes, name), StandardCharsets.UTF_8))) {
            json.beginObject();
            while (json.hasNext()) {
                file.member(json.nextName(), json);
            }
            json.endObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return file.provider();
    }

    private void member(String field, JsonReader json) throws IOException {
        switch (field) {
            case "name" -> name = json.nextString();
            case "kind" -> kind = json.nextString();
            case "endpoint" -> endpoint = Optional.of(json.nextString());
            case "jurisdictions" -> {
                json.beginObject();
                while (json.hasNext()) {
                    jurisdictions.put(json.nextName(), json.nextString());
                }
                json.endObject();
            }
            case "domains" -> each(json, () -> domains.add(json.nextString()));
            case "default_region" -> defaultRegion = json.nextString();
            case "path_style" -> pathStyle = json.nextBoolean();
            case "required" -> each(json, () -> required.add(constant(RequiredSetting.class, json.nextString())));
            case "aws_credentials" -> awsCredentials = json.nextBoolean();
            case "keys" -> keys = json.nextString();
            case "quirks" ->
                each(json, () -> {
                    QuirkNote note = note(json);
                    quirks.put(note.quirk(), note);
                });
            case "trial" -> trial = json.nextString();
            default -> throw unknown(field, json);
        }
    }

    private static QuirkNote note(JsonReader json) throws IOException {
        String quirk = "";
        String reason = "";
        String certainty = "known";
        json.beginObject();
        while (json.hasNext()) {
            String field = json.nextName();
            switch (field) {
                case "quirk" -> quirk = json.nextString();
                case "reason" -> reason = json.nextString();
                case "certainty" -> certainty = json.nextString();
                default -> throw unknown(field, json);
            }
        }
        json.endObject();
        return new QuirkNote(constant(Quirk.class, quirk), reason, constant(Certainty.class, certainty));
    }

    private interface Element {
        void read() throws IOException;
    }

    private static void each(JsonReader json, Element element) throws IOException {
        json.beginArray();
        while (json.hasNext()) {
            element.read();
        }
        json.endArray();
    }

    private static <E extends Enum<E>> E constant(Class<E> type, String word) {
        return Enum.valueOf(type, word.toUpperCase(Locale.ROOT));
    }

    private static IllegalStateException unknown(String field, JsonReader json) {
        return new IllegalStateException("Unknown field " + field + ": " + json);
    }

    private Provider provider() {
        return new Provider(
                name,
                constant(ProviderKind.class, kind),
                endpoint,
                jurisdictions,
                domains,
                defaultRegion,
                pathStyle,
                required,
                awsCredentials,
                keys,
                quirks,
                constant(Trial.class, trial));
    }
}
