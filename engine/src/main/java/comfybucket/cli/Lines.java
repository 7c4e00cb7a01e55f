package comfybucket.cli;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonObject;
import java.io.PrintWriter;
import java.util.function.Supplier;

/** What a command prints: a line a thing, for people or, with {@code --json}, an object of JSON for programs. */
final class Lines {
    private static final Gson JSON = new GsonBuilder().disableHtmlEscaping().create();

    private final PrintWriter out;
    private final boolean json;

    Lines(PrintWriter out, boolean json) {
        this.out = out;
        this.json = json;
    }

    /** From any thread; the line stays whole. */
    synchronized void print(Supplier<String> text, Supplier<JsonObject> object) {
        out.println(json ? JSON.toJson(object.get()) : text.get());
    }

    /** A thing that failed among others: people look for it on stderr, programs in its place among the others. */
    synchronized void printFailure(PrintWriter err, String message, JsonObject object) {
        if (json) {
            out.println(JSON.toJson(object));
        } else {
            err.println("comfy-bucket: " + Printable.text(message));
        }
    }

    /** For people only. */
    synchronized void note(String text) {
        if (!json) {
            out.println(text);
        }
    }

    /** False once the reader has gone away, as {@code head} does; flushes. */
    synchronized boolean areRead() {
        return !out.checkError();
    }

    static String error(String code, String message) {
        JsonObject error = new JsonObject();
        error.addProperty("code", code);
        error.addProperty("message", message);
        JsonObject line = new JsonObject();
        line.add("error", error);
        return JSON.toJson(line);
    }
}
