package comfybucket.ledger;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import comfybucket.files.PrivateFiles;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * The files of one folder that have gone to one bucket: a JSON object a line, first what the ledger is of, then a line for
 * each file. Lines are appended by several processes; one that was cut short counts as not written, and then its file is
 * sent again and found to be there. Safe for use by many threads.
 */
public final class Ledger {
    /** What a ledger is called; nothing else is looked for. */
    public static final String PATTERN = "[0-9a-f]{16}";

    private static final int VERSION = 1;
    private static final String FOLDER = "backups";

    private final String id;
    private final Path file;
    private final Map<Path, Kept> files = new HashMap<>();
    private String salt = "";
    private long read;

    private Ledger(Path outbox, String id) {
        if (!id.matches(PATTERN)) {
            throw new IllegalArgumentException("Not a ledger: " + id);
        }
        this.id = id;
        this.file = outbox.resolve(FOLDER).resolve(id + ".jsonl");
    }

    /** @param outbox the outbox's folder, in which it lies; it need not exist */
    public static Ledger named(Path outbox, String id) {
        return new Ledger(outbox, id);
    }

    /** The one for a folder and what its files go to. */
    public static Ledger of(Path outbox, Path folder, String destination) {
        UUID both = UUID.nameUUIDFromBytes((folder + "\n" + destination).getBytes(StandardCharsets.UTF_8));
        return new Ledger(outbox, both.toString().replace("-", "").substring(0, 16));
    }

    public String id() {
        return id;
    }

    /** Whether it was begun, by this process or an earlier one. */
    public boolean exists() {
        return Files.exists(file);
    }

    /**
     * Begins it, as a whole or not at all.
     *
     * @param about what it is of, for people who look into it
     * @param before the files that need no backup, because they were there before
     */
    public synchronized void begin(String about, Map<Path, Kept> before) throws IOException {
        PrivateFiles.createFolders(file.getParent());
        Path unfinished = file.resolveSibling(id + "." + UUID.randomUUID() + ".new");
        JsonObject first = new JsonObject();
        first.addProperty("version", VERSION);
        first.addProperty("about", about);
        first.addProperty("salt", UUID.randomUUID().toString());
        StringBuilder text = new StringBuilder(first.toString()).append('\n');
        before.forEach((path, kept) -> text.append(line(path, kept)).append('\n'));
        try (FileChannel channel = PrivateFiles.create(unfinished)) {
            PrivateFiles.write(channel, ByteBuffer.wrap(text.toString().getBytes(StandardCharsets.UTF_8)));
            channel.force(true);
        }
        Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
    }

    /** The files that need no backup, with what other processes have written since the last time. */
    public synchronized Map<Path, Kept> files() throws IOException {
        catchUp();
        return Map.copyOf(files);
    }

    /**
     * What an object of this file is known by: the same for everybody who backs this file up, so that it is not stored
     * twice when it is sent twice.
     */
    public synchronized String nonce(Path path, long size, Instant modified) throws IOException {
        catchUp();
        String what = String.join("\n", salt, path.toString(), Long.toString(size), modified.toString());
        return UUID.nameUUIDFromBytes(what.getBytes(StandardCharsets.UTF_8)).toString();
    }

    /** The file needs no backup any more. */
    public void add(Path path, Kept kept) throws IOException {
        append(line(path, kept));
    }

    /** The file is gone from this machine. */
    public void remove(Path path) throws IOException {
        JsonObject json = new JsonObject();
        json.addProperty("removed", path.toString());
        append(json.toString());
    }

    private void append(String line) throws IOException {
        // The line break in front ends a line that somebody has left unfinished.
        byte[] bytes = ("\n" + line + "\n").getBytes(StandardCharsets.UTF_8);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE, StandardOpenOption.APPEND)) {
            PrivateFiles.write(channel, ByteBuffer.wrap(bytes));
        }
    }

    private static String line(Path path, Kept kept) {
        JsonObject json = new JsonObject();
        json.addProperty("file", path.toString());
        json.addProperty("size", kept.size());
        json.addProperty("modified", kept.modified().toString());
        kept.copy().ifPresent(copy -> {
            json.addProperty("key", copy.key());
            json.addProperty("nonce", copy.nonce());
            json.addProperty("since", copy.since().toString());
        });
        return json.toString();
    }

    private void catchUp() throws IOException {
        byte[] fresh;
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            ByteBuffer rest = ByteBuffer.allocate(Math.toIntExact(Math.max(0, channel.size() - read)));
            while (rest.hasRemaining() && channel.read(rest, read + rest.position()) >= 0) {
                // On to the end.
            }
            fresh = rest.array();
        }
        int end = fresh.length;
        while (end > 0 && fresh[end - 1] != '\n') {
            end--;
        }
        read += end;
        new String(fresh, 0, end, StandardCharsets.UTF_8).lines().forEach(this::take);
    }

    private void take(String line) {
        try {
            JsonObject json = JsonParser.parseString(line).getAsJsonObject();
            if (json.has("salt")) {
                salt = json.get("salt").getAsString();
            } else if (json.has("removed")) {
                files.remove(Path.of(json.get("removed").getAsString()));
            } else {
                files.put(Path.of(json.get("file").getAsString()), kept(json));
            }
        } catch (RuntimeException cutShort) {
            // Empty, or not written as a whole.
        }
    }

    private static Kept kept(JsonObject json) {
        Optional<Kept.Copy> copy = json.has("key")
                ? Optional.of(new Kept.Copy(
                        json.get("key").getAsString(),
                        json.get("nonce").getAsString(),
                        Instant.parse(json.get("since").getAsString())))
                : Optional.empty();
        return new Kept(
                json.get("size").getAsLong(), Instant.parse(json.get("modified").getAsString()), copy);
    }
}
