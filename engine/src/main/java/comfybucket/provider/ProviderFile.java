package comfybucket.provider;

import com.google.gson.Gson;
import com.google.gson.annotations.SerializedName;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** A provider's data file as it is written; what a file leaves out is null here. */
record ProviderFile(
        String name,
        ProviderKind kind,
        String endpoint,
        Map<String, String> jurisdictions,
        List<String> domains,
        @SerializedName("default_region") String defaultRegion,
        @SerializedName("path_style") boolean pathStyle,
        Set<RequiredSetting> required,
        @SerializedName("aws_credentials") boolean awsCredentials,
        String keys,
        List<QuirkNote> quirks,
        Trial trial) {
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

    static final List<Provider> ALL =
            NAMES.stream().map(ProviderFile::read).map(ProviderFile::provider).toList();

    private static ProviderFile read(String name) {
        try (InputStream bytes = ProviderFile.class.getResourceAsStream(name + ".json");
                Reader text = new InputStreamReader(Objects.requireNonNull(bytes, name), StandardCharsets.UTF_8)) {
            return new Gson().fromJson(text, ProviderFile.class);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Provider provider() {
        Map<Quirk, QuirkNote> notes = new EnumMap<>(Quirk.class);
        quirks.forEach(note -> notes.put(note.quirk(), note));
        return new Provider(
                name,
                kind,
                Optional.ofNullable(endpoint),
                Objects.requireNonNullElse(jurisdictions, Map.of()),
                Objects.requireNonNullElse(domains, List.of()),
                defaultRegion,
                pathStyle,
                Objects.requireNonNullElse(required, Set.of()),
                awsCredentials,
                keys,
                notes,
                trial);
    }
}
