package comfybucket.profile;

import comfybucket.naming.OnConflict;
import java.net.URI;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A field of a profile in {@code profiles.json}: its name and how its value is read. What is not here is unknown.
 *
 * @param <T> what the value becomes
 */
final class Field<T> {
    /** Every field, in the order of the documentation; filled by the constants below. */
    private static final Map<String, Field<?>> ALL = new LinkedHashMap<>();

    static final Field<String> PROVIDER = field("provider", Values::text);
    static final Field<String> ACCESS_KEY = field("access_key", Values::key);
    static final Field<Secret> SECRET_KEY = field("secret_key", json -> new Secret(Values.key(json)));
    static final Field<Secret> SESSION_TOKEN = field("session_token", json -> new Secret(Values.key(json)));
    static final Field<Optional<Credentials.DefaultChain>> CREDENTIALS = field("credentials", Values::credentials);
    static final Field<String> BUCKET = field("bucket", Values::bucket);
    static final Field<String> REGION = field("region", Values::region);
    static final Field<URI> ENDPOINT_URL = field("endpoint_url", Values::endpoint);
    static final Field<String> ACCOUNT_ID = field("account_id", Values::accountId);
    static final Field<String> PATH_PREFIX = field("path_prefix", Values::prefix);
    static final Field<Path> FOLDER = field("folder", Values::path);
    static final Field<Boolean> READ_ONLY = field("read_only", Values::flag);
    static final Field<Boolean> ALLOW_BUCKET_OVERRIDE = field("allow_bucket_override", Values::flag);
    static final Field<Boolean> ALLOW_HTTP = field("allow_http", Values::flag);
    static final Field<Boolean> ALLOW_PICKLE = field("allow_pickle", Values::flag);
    static final Field<Boolean> FORCE_PATH_STYLE = field("force_path_style", Values::flag);
    static final Field<Path> CA_BUNDLE = field("ca_bundle", Values::path);
    static final Field<URI> PUBLIC_BASE_URL = field("public_base_url", Values::url);
    static final Field<Map<String, String>> DEFAULT_TAGS = field("default_tags", Values::tags);
    static final Field<String> STORAGE_CLASS = field("storage_class", Values::header);
    static final Field<String> SERVER_SIDE_ENCRYPTION = field("server_side_encryption", Values::encryption);
    static final Field<String> KMS_KEY_ID = field("kms_key_id", Values::header);
    static final Field<String> CACHE_CONTROL = field("cache_control", Values::header);
    static final Field<Upload> UPLOAD = field("upload", json -> Values.word(json, Upload.values(), Upload::word));
    static final Field<OnConflict> ON_CONFLICT =
            field("on_conflict", json -> Values.word(json, OnConflict.values(), OnConflict::word));
    static final Field<Integer> CONCURRENCY = field("concurrency", Values::concurrency);
    static final Field<Long> BANDWIDTH_LIMIT = field("bandwidth_limit", Quantities::size);
    static final Field<Long> MODEL_CACHE_LIMIT = field("model_cache_limit", Quantities::size);
    static final Field<Long> MEDIA_CACHE_LIMIT = field("media_cache_limit", Quantities::size);
    static final Field<Long> OUTBOX_LIMIT = field("outbox_limit", Quantities::size);
    static final Field<Optional<AutoBackup>> AUTO_BACKUP = field("auto_backup", Values::autoBackup);

    /** Makes the field's value of what is in the file. */
    interface Reader<T> {
        T read(Json json) throws Mistake;
    }

    private final String name;
    private final Reader<T> reader;

    private Field(String name, Reader<T> reader) {
        this.name = name;
        this.reader = reader;
    }

    private static <T> Field<T> field(String name, Reader<T> reader) {
        Field<T> field = new Field<>(name, reader);
        ALL.put(name, field);
        return field;
    }

    static Optional<Field<?>> named(String name) {
        return Optional.ofNullable(ALL.get(name));
    }

    static Collection<String> names() {
        return ALL.keySet();
    }

    String name() {
        return name;
    }

    /**
     * The value; null and an empty text are the same as no field at all, as they always were.
     *
     * @throws Mistake whose text begins with the field's name
     */
    Optional<T> read(Json json) throws Mistake {
        boolean absent = json instanceof Json.Nothing
                || (json instanceof Json.Text text && text.value().isEmpty());
        if (absent) {
            return Optional.empty();
        }
        try {
            return Optional.of(reader.read(json));
        } catch (Mistake e) {
            throw new Mistake(e.line(), name + " " + e.getMessage());
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
