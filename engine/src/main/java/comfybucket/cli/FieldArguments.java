package comfybucket.cli;

import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import comfybucket.error.CloudException;
import comfybucket.error.Problem;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** A profile and its fields as arguments, but for its secrets, which other users of the machine could read there. */
final class FieldArguments {
    private static final String SECRET_KEY = "secret_key";
    private static final String SESSION_TOKEN = "session_token";
    private static final Set<String> SECRETS = Set.of(SECRET_KEY, SESSION_TOKEN);
    private static final Set<String> NUMBERS =
            Set.of("concurrency", "bandwidth_limit", "model_cache_limit", "media_cache_limit", "outbox_limit");

    @Parameters(index = "0", paramLabel = "NAME", description = "The profile.")
    private String profile = "";

    @Parameters(
            index = "1..*",
            paramLabel = "FIELD=VALUE",
            description = "Such as bucket=outputs or read_only=true; FIELD= removes the field.")
    private List<String> fields = List.of();

    @Option(names = "--secret", description = "Ask for the secret key; with access_key=… it is asked for anyway.")
    private boolean secret;

    @Option(names = "--session-token", description = "Ask for the session token too.")
    private boolean sessionToken;

    /** The name of the profile that the fields are for. */
    String profile() {
        return profile;
    }

    /** By name; null removes. Asks for secrets, but not in a dry run: hidden at a terminal, else a line of stdin each. */
    JsonObject read(Invocation invocation, DryRun dryRun) throws IOException {
        JsonObject read = new JsonObject();
        for (String field : fields) {
            int equals = field.indexOf('=');
            if (equals < 1) {
                throw unusable(field, "it has no =", "FIELD=VALUE, such as bucket=outputs");
            }
            String name = field.substring(0, equals);
            if (SECRETS.contains(name)) {
                throw unusable(name, "others could read it on the command line", "nothing; it is asked for");
            }
            read.add(name, value(name, field.substring(equals + 1)));
        }
        if (dryRun.isWanted()) {
            return read;
        }
        SecretPrompt prompt = new SecretPrompt(invocation);
        if (secret || (read.has("access_key") && !read.get("access_key").isJsonNull())) {
            read.addProperty(SECRET_KEY, prompt.ask("Secret key"));
        }
        if (sessionToken) {
            read.addProperty(SESSION_TOKEN, prompt.ask("Session token"));
        }
        return read;
    }

    private static JsonElement value(String name, String text) {
        if (text.isEmpty()) {
            return JsonNull.INSTANCE;
        }
        boolean number = NUMBERS.contains(name) && text.matches("[0-9]{1,18}");
        if (!number && !text.equals("true") && !text.equals("false") && !text.startsWith("{")) {
            return new JsonPrimitive(text);
        }
        try {
            return JsonParser.parseString(text);
        } catch (JsonParseException broken) {
            throw unusable(name, "it begins with { and is no JSON", "an object such as {\"project\": \"cats\"}");
        }
    }

    private static CloudException unusable(String field, String reason, String allowed) {
        return new CloudException(
                Problem.INPUT_NOT_USABLE, Map.of("input", field, "reason", reason, "allowed", allowed));
    }
}
