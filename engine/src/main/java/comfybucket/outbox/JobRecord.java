package comfybucket.outbox;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import comfybucket.files.PrivateFiles;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A job on disk: a JSON object a line, first the {@link Job}, then each {@link Change} as it comes. A line that was cut
 * short by the end of its process is the last one, and counts as not written.
 */
sealed interface JobRecord {
    /** A job that can be gone on with. */
    record Whole(Job job, JobState state) implements JobRecord {}

    /** @param reason why it cannot be read, for the user */
    record Broken(String reason) implements JobRecord {}

    /** Writes a new record; the caller gives it its name. */
    static void write(Path file, Job job, boolean force) throws IOException {
        try (FileChannel channel = PrivateFiles.create(file)) {
            PrivateFiles.write(channel, line(JobJson.write(job)));
            if (force) {
                channel.force(true);
            }
        }
    }

    /**
     * @param force whether it must outlast a power cut
     * @throws java.nio.file.NoSuchFileException when the job was given to somebody else
     */
    static void append(Path file, Change change, boolean force) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE, StandardOpenOption.APPEND)) {
            PrivateFiles.write(channel, line(JobJson.write(change)));
            if (force) {
                channel.force(true);
            }
        }
    }

    private static ByteBuffer line(JsonObject json) {
        // The line break in front ends a line that an earlier process has left unfinished.
        return ByteBuffer.wrap(("\n" + json + "\n").getBytes(StandardCharsets.UTF_8));
    }

    /** @throws java.nio.file.NoSuchFileException when the job was given to somebody else */
    static JobRecord read(Path file) throws IOException {
        Job job = null;
        JobState state = null;
        for (String line : new String(Files.readAllBytes(file), StandardCharsets.UTF_8).split("\n", -1)) {
            if (line.isEmpty()) {
                continue;
            }
            try {
                JsonObject json = object(line);
                if (job != null) {
                    state = JobJson.change(json).map(state::after).orElse(state);
                } else if (json.get("version").getAsInt() > JobJson.VERSION) {
                    return new Broken("a newer version of this program wrote it");
                } else {
                    job = JobJson.job(json);
                    state = JobState.of(job);
                }
            } catch (RuntimeException cutShort) {
                if (job == null) {
                    return new Broken("its record is damaged");
                }
            }
        }
        return job == null ? new Broken("its record is empty") : new Whole(job, state);
    }

    private static JsonObject object(String line) {
        JsonElement json = JsonParser.parseString(line);
        if (!json.isJsonObject()) {
            throw new JsonParseException("Not an object");
        }
        return json.getAsJsonObject();
    }
}
