package comfybucket.transfer;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import comfybucket.checksum.Digests;
import comfybucket.storage.MultipartUpload;
import comfybucket.storage.ObjectKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Uploads in parts of ours that were begun, one file each in a folder of this machine, so that a later process can go on
 * with them and nobody ever touches somebody else's.
 */
final class UploadNotes {
    /** So long an upload waits for somebody who goes on with it. */
    private static final Duration LONG = Duration.ofDays(7);

    private final Path folder;

    UploadNotes(Path folder) {
        this.folder = folder;
    }

    /**
     * An upload that was begun.
     *
     * @param place endpoint and bucket
     * @param content the SHA-256 of what is uploaded, in hex
     */
    record Note(String place, MultipartUpload upload, String content) {
        /** The same for the same content on its way to the same key. */
        private String name() {
            String identity = String.join("\n", place, upload.key().value(), content);
            byte[] hash = Digests.sha256().digest(identity.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, 16) + ".json";
        }
    }

    Optional<Note> find(String place, ObjectKey key, String content) {
        return all().stream()
                .filter(note -> note.place().equals(place)
                        && note.upload().key().equals(key)
                        && note.content().equals(content))
                .findFirst();
    }

    /** Those at a place that nobody has gone on with for long. */
    List<Note> forgotten(String place) {
        Instant limit = Instant.now().minus(LONG);
        return all().stream()
                .filter(note ->
                        note.place().equals(place) && note.upload().started().isBefore(limit))
                .toList();
    }

    void write(Note note) throws IOException {
        JsonObject json = new JsonObject();
        json.addProperty("place", note.place());
        json.addProperty("key", note.upload().key().value());
        json.addProperty("upload_id", note.upload().id());
        json.addProperty("started", note.upload().started().toString());
        note.upload().nonce().ifPresent(nonce -> json.addProperty("nonce", nonce));
        json.addProperty("content", note.content());
        Files.createDirectories(folder);
        Path fresh = folder.resolve(UUID.randomUUID() + ".tmp");
        Files.writeString(fresh, json + "\n");
        Files.move(fresh, folder.resolve(note.name()), StandardCopyOption.ATOMIC_MOVE);
    }

    void remove(Note note) throws IOException {
        Files.deleteIfExists(folder.resolve(note.name()));
    }

    private List<Note> all() {
        List<Note> notes = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".json")).toList()) {
                read(file).ifPresent(notes::add);
            }
        } catch (IOException none) {
            return List.of();
        }
        return notes;
    }

    private static Optional<Note> read(Path file) {
        try {
            JsonObject json = JsonParser.parseString(Files.readString(file)).getAsJsonObject();
            MultipartUpload upload = new MultipartUpload(
                    new ObjectKey(json.get("key").getAsString()),
                    json.get("upload_id").getAsString(),
                    Instant.parse(json.get("started").getAsString()),
                    Optional.ofNullable(json.get("nonce")).map(nonce -> nonce.getAsString()));
            return Optional.of(new Note(
                    json.get("place").getAsString(), upload, json.get("content").getAsString()));
        } catch (IOException | RuntimeException unusable) {
            return Optional.empty();
        }
    }
}
