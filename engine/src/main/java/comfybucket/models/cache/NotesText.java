package comfybucket.models.cache;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Notes as JSON. */
final class NotesText {
    private static final int FORMAT = 1;
    private static final Gson GSON = new GsonBuilder().setPrettyPrinting().create();

    static String of(List<Note> notes) {
        JsonArray all = new JsonArray();
        for (Note note : notes) {
            JsonObject json = new JsonObject();
            json.addProperty("endpoint", note.origin().endpoint());
            json.addProperty("bucket", note.origin().bucket());
            json.addProperty("key", note.origin().key());
            json.addProperty("etag", note.etag());
            json.addProperty("size", note.size());
            json.addProperty("modified", note.modified().toString());
            json.addProperty("downloaded", note.downloaded());
            note.sha256().ifPresent(hash -> json.addProperty("sha256", hash));
            json.addProperty("rule", note.rule());
            all.add(json);
        }
        JsonObject file = new JsonObject();
        file.addProperty("format", FORMAT);
        file.add("notes", all);
        return GSON.toJson(file) + "\n";
    }

    /** What is no such text, or of a later version of ours, says nothing. */
    static List<Note> parse(String text) {
        List<Note> notes = new ArrayList<>();
        try {
            JsonObject file = JsonParser.parseString(text).getAsJsonObject();
            if (file.get("format").getAsInt() != FORMAT) {
                return List.of();
            }
            for (JsonElement element : file.getAsJsonArray("notes")) {
                notes.add(note(element.getAsJsonObject()));
            }
            return notes;
        } catch (JsonParseException
                | IllegalStateException
                | UnsupportedOperationException
                | NumberFormatException
                | NullPointerException
                | DateTimeException
                | ClassCastException garbage) {
            return List.of();
        }
    }

    private static Note note(JsonObject json) {
        return new Note(
                new Origin(
                        json.get("endpoint").getAsString(),
                        json.get("bucket").getAsString(),
                        json.get("key").getAsString()),
                json.get("etag").getAsString(),
                json.get("size").getAsLong(),
                Instant.parse(json.get("modified").getAsString()),
                json.get("downloaded").getAsBoolean(),
                Optional.ofNullable(json.get("sha256")).map(JsonElement::getAsString),
                json.get("rule").getAsString());
    }

    private NotesText() {}
}
