package comfybucket.storage.s3;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import comfybucket.provider.Quirk;
import comfybucket.storage.s3.Findings.Finding;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

/** Findings as a file has them: {@code {"store": …, "quirks": {"no_tags": {"holds": false, "at": …}}}}. */
final class FindingsText {
    private FindingsText() {}

    static String print(String place, Map<Quirk, Finding> findings) {
        JsonObject quirks = new JsonObject();
        findings.forEach((quirk, finding) -> {
            JsonObject entry = new JsonObject();
            entry.addProperty("holds", finding.holds());
            entry.addProperty("at", finding.at().toString());
            quirks.add(name(quirk), entry);
        });
        JsonObject root = new JsonObject();
        root.addProperty("store", place);
        root.add("quirks", quirks);
        return root + "\n";
    }

    /** What can be read of it: quirks that another version knows, and texts that are none of ours, are passed over. */
    static Map<Quirk, Finding> parse(String text) {
        Map<Quirk, Finding> findings = new EnumMap<>(Quirk.class);
        try {
            JsonObject quirks = JsonParser.parseString(text).getAsJsonObject().getAsJsonObject("quirks");
            for (Quirk quirk : Quirk.values()) {
                JsonElement entry = quirks.get(name(quirk));
                if (entry != null) {
                    findings.put(quirk, finding(entry.getAsJsonObject()));
                }
            }
        } catch (JsonParseException
                | IllegalStateException
                | NumberFormatException
                | ClassCastException
                | NullPointerException
                | UnsupportedOperationException
                | DateTimeException unreadable) {
            return findings;
        }
        return findings;
    }

    private static String name(Quirk quirk) {
        return quirk.name().toLowerCase(Locale.ROOT);
    }

    private static Finding finding(JsonObject entry) {
        return new Finding(
                entry.get("holds").getAsBoolean(), Instant.parse(entry.get("at").getAsString()));
    }
}
