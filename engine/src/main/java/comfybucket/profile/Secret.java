package comfybucket.profile;

import com.google.gson.TypeAdapter;
import com.google.gson.annotations.JsonAdapter;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;

/**
 * A text that must reach nobody but the store. It prints, and is written as JSON, as {@value #REDACTED}; only
 * {@link #reveal} gives it away, and only {@code storage.s3} calls that.
 */
@JsonAdapter(Secret.Redacting.class)
public final class Secret {
    static final String REDACTED = "**redacted**";

    private final transient byte[] value;

    public Secret(String value) {
        if (value.isEmpty()) {
            throw new IllegalArgumentException("An empty secret is no secret");
        }
        this.value = value.getBytes(StandardCharsets.UTF_8);
    }

    public String reveal() {
        return new String(value, StandardCharsets.UTF_8);
    }

    /** Takes as long for a secret that differs in its first character as for one that differs in its last. */
    @Override
    public boolean equals(Object other) {
        return other instanceof Secret secret && MessageDigest.isEqual(value, secret.value);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(value);
    }

    @Override
    public String toString() {
        return REDACTED;
    }

    static final class Redacting extends TypeAdapter<Secret> {
        @Override
        public void write(JsonWriter out, Secret secret) throws IOException {
            out.value(REDACTED);
        }

        @Override
        public Secret read(JsonReader in) {
            throw new UnsupportedOperationException("Secrets come from settings only");
        }
    }
}
