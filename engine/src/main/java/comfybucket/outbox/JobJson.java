package comfybucket.outbox;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import comfybucket.naming.OnConflict;
import comfybucket.naming.SpareName;
import comfybucket.profile.ProfileRef;
import comfybucket.storage.ObjectKey;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/** A job as the first line of its record. Members that are not known here are passed over. */
final class JobJson {
    /** Of the records that are written here. A number that is higher than this one is not read. */
    static final int VERSION = 1;

    static JsonObject write(Job job) {
        JsonObject json = new JsonObject();
        json.addProperty("version", VERSION);
        json.addProperty("id", job.id().value());
        json.addProperty("created", job.created().toString());
        json.add("profile", job.destination().settings().toJson());
        json.addProperty("endpoint", job.destination().endpoint());
        json.addProperty("bucket", job.destination().bucket());
        json.addProperty("key", job.key().value());
        job.spare().ifPresent(spare -> {
            json.addProperty("plain", spare.plain().value());
            json.addProperty("ending", spare.ending());
        });
        json.addProperty("on_conflict", job.onConflict().word());
        json.addProperty("content_type", job.contentType());
        json.addProperty("nonce", job.nonce());
        json.add("content", job.content().toJson());
        return json;
    }

    /** @throws RuntimeException of one kind or another when this is no job */
    static Job job(JsonObject json) {
        Destination destination =
                new Destination(ProfileRef.parse(json.get("profile")), text(json, "endpoint"), text(json, "bucket"));
        Optional<SpareName> spare = json.has("plain")
                ? Optional.of(new SpareName(new ObjectKey(text(json, "plain")), text(json, "ending")))
                : Optional.empty();
        return new Job(
                new JobId(text(json, "id")),
                Instant.parse(text(json, "created")),
                destination,
                new ObjectKey(text(json, "key")),
                spare,
                OnConflict.valueOf(text(json, "on_conflict").toUpperCase(Locale.ROOT)),
                text(json, "content_type"),
                text(json, "nonce"),
                content(json.getAsJsonObject("content")));
    }

    private static Content content(JsonObject json) {
        if (json.has("file")) {
            return new Content.Stored(name(json, "file"), json.get("size").getAsLong());
        }
        if (json.has("picture")) {
            return new Content.Picture(
                    name(json, "picture"),
                    json.get("width").getAsInt(),
                    json.get("height").getAsInt(),
                    json.get("channels").getAsInt(),
                    new PictureRecipe(
                            PictureRecipe.Format.valueOf(text(json, "format").toUpperCase(Locale.ROOT)),
                            json.get("quality").getAsInt()),
                    json.get("workflow_bytes").getAsInt());
        }
        return new Content.Elsewhere(
                Path.of(text(json, "elsewhere")),
                json.get("size").getAsLong(),
                Instant.parse(text(json, "modified")),
                json.has("ledger") ? Optional.of(text(json, "ledger")) : Optional.empty());
    }

    /** Of a file in the outbox, and nowhere else. */
    private static String name(JsonObject json, String member) {
        String name = text(json, member);
        if (Entry.of(Path.of(name))
                        .filter(entry -> entry.kind() == Entry.Kind.CONTENT)
                        .isEmpty()
                || Path.of(name).getNameCount() != 1) {
            throw new IllegalArgumentException("Not a file of the outbox: " + name);
        }
        return name;
    }

    static JsonObject write(Change change) {
        JsonObject json = new JsonObject();
        switch (change) {
            case Change.Renamed(ObjectKey key) -> json.addProperty("renamed", key.value());
            case Change.UploadBegins(ObjectKey key, var there) -> {
                json.addProperty("upload_begins", key.value());
                JsonArray ids = new JsonArray();
                there.forEach(ids::add);
                json.add("there", ids);
            }
            case Change.UploadBegun(ObjectKey key, String id) -> {
                json.addProperty("upload_begun", key.value());
                json.addProperty("upload", id);
            }
            case Change.UploadEnded() -> json.addProperty("upload_ended", true);
            case Change.Failed(Failure(String code, String message, Instant at)) -> {
                json.addProperty("failed", code);
                json.addProperty("message", message);
                json.addProperty("at", at.toString());
            }
            case Change.Cancelled() -> json.addProperty("cancelled", true);
        }
        return json;
    }

    /** Empty for a change that is not known here. */
    static Optional<Change> change(JsonObject json) {
        if (json.has("renamed")) {
            return Optional.of(new Change.Renamed(new ObjectKey(text(json, "renamed"))));
        }
        if (json.has("upload_begins")) {
            return Optional.of(new Change.UploadBegins(
                    new ObjectKey(text(json, "upload_begins")),
                    json.getAsJsonArray("there").asList().stream()
                            .map(JsonElement::getAsString)
                            .toList()));
        }
        if (json.has("upload_begun")) {
            return Optional.of(new Change.UploadBegun(new ObjectKey(text(json, "upload_begun")), text(json, "upload")));
        }
        if (json.has("upload_ended")) {
            return Optional.of(new Change.UploadEnded());
        }
        if (json.has("failed")) {
            return Optional.of(new Change.Failed(
                    new Failure(text(json, "failed"), text(json, "message"), Instant.parse(text(json, "at")))));
        }
        return json.has("cancelled") ? Optional.of(new Change.Cancelled()) : Optional.empty();
    }

    private static String text(JsonObject json, String member) {
        return json.get(member).getAsString();
    }

    private JobJson() {}
}
