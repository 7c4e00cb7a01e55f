package comfybucket.outbox;

import com.google.gson.JsonObject;
import comfybucket.connect.Bucket;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/** The bytes that a job sends. */
sealed interface Content {
    /** In bytes, of the file as it lies there. */
    long size();

    /** The file's name in the outbox's folder; empty when it lies elsewhere. */
    Optional<String> kept();

    /** Ready to be sent, see {@link Bodies#of}. */
    Body body(Bodies bodies, Bucket bucket) throws IOException;

    /** As it stands in the job's record. */
    JsonObject toJson();

    /**
     * A finished file in the outbox.
     *
     * @param name in the outbox's folder
     */
    record Stored(String name, long size) implements Content {
        @Override
        public Optional<String> kept() {
            return Optional.of(name);
        }

        @Override
        public Body body(Bodies bodies, Bucket bucket) throws IOException {
            return bodies.stored(this, bucket);
        }

        @Override
        public JsonObject toJson() {
            JsonObject json = new JsonObject();
            json.addProperty("file", name);
            json.addProperty("size", size);
            return json;
        }
    }

    /**
     * A picture in the outbox that is not encoded yet: its samples, and behind them the workflow to embed.
     *
     * @param name in the outbox's folder
     * @param workflowBytes how long the {@link Workflows} are that follow the samples
     */
    record Picture(String name, int width, int height, int channels, PictureRecipe recipe, int workflowBytes)
            implements Content {
        long samples() {
            return (long) width * height * channels;
        }

        @Override
        public long size() {
            return samples() + workflowBytes;
        }

        @Override
        public Optional<String> kept() {
            return Optional.of(name);
        }

        @Override
        public Body body(Bodies bodies, Bucket bucket) throws IOException {
            return bodies.encoded(this, bucket);
        }

        @Override
        public JsonObject toJson() {
            JsonObject json = new JsonObject();
            json.addProperty("picture", name);
            json.addProperty("width", width);
            json.addProperty("height", height);
            json.addProperty("channels", channels);
            json.addProperty("format", recipe.format().word());
            json.addProperty("quality", recipe.quality());
            json.addProperty("workflow_bytes", workflowBytes);
            return json;
        }
    }

    /**
     * A file of somebody else's, which is sent as it is where it is.
     *
     * @param modified when it was written last; a file that was changed since then is another one
     * @param ledger the id of the {@link comfybucket.ledger.Ledger} that it is a backup for; empty when it is none
     */
    record Elsewhere(Path file, long size, Instant modified, Optional<String> ledger) implements Content {
        @Override
        public Optional<String> kept() {
            return Optional.empty();
        }

        @Override
        public Body body(Bodies bodies, Bucket bucket) throws IOException {
            return bodies.elsewhere(this, bucket);
        }

        @Override
        public JsonObject toJson() {
            JsonObject json = new JsonObject();
            json.addProperty("elsewhere", file.toString());
            json.addProperty("size", size);
            json.addProperty("modified", modified.toString());
            ledger.ifPresent(id -> json.addProperty("ledger", id));
            return json;
        }
    }
}
