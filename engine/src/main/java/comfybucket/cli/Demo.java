package comfybucket.cli;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import comfybucket.connect.Bucket;
import comfybucket.media.Image8;
import comfybucket.media.Pixels;
import comfybucket.node.NodeResult;
import comfybucket.node.Nodes;
import comfybucket.node.Pictures;
import comfybucket.node.Progress;
import comfybucket.node.RunContext;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.lang.foreign.Arena;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javax.imageio.ImageIO;

/** The main job, start to end, each step checked: draw, save, load, compare, list, share, open. */
final class Demo {
    private static final int COUNT = 8;
    private static final int WIDTH = 1152;
    private static final int HEIGHT = 896;
    private static final Duration LINKS_WORK_FOR = Duration.ofHours(24);
    private static final String WORKFLOW = "{\"nodes\": [], \"links\": [], \"version\": 0.4}";

    private final Bucket bucket;
    private final Nodes nodes;
    private final PrintWriter out;

    Demo(Bucket bucket, Nodes nodes, PrintWriter out) {
        this.bucket = bucket;
        this.nodes = nodes;
        this.out = out;
    }

    /** Whether everything that was saved came back as it was. */
    boolean run() throws IOException {
        Steps steps = new Steps(out);
        try (Arena arena = Arena.ofShared()) {
            Pixels pictures = steps.run(
                    "Draw " + COUNT + " pictures",
                    COUNT,
                    progress -> new DemoPictures(WIDTH, HEIGHT).batch(COUNT, arena, progress));
            List<String> keys = steps.run("Save them", COUNT, progress -> save(pictures, progress));
            int same = steps.run("Load, compare", COUNT, progress -> compare(pictures, keys, progress));
            List<String> listed = steps.run("List the bucket", 1, progress -> list());
            List<String> links = steps.run("Share, open links", COUNT, progress -> share(keys, progress));

            out.printf(
                    "%nIn %s at %s:%n",
                    bucket.keys().uri(bucket.keys().resolve("demo/")),
                    bucket.profile().endpointName());
            listed.forEach(line -> out.println("  " + line));
            out.printf("%nThe links:%n");
            links.forEach(link -> out.println("  " + link));
            out.printf("%n%d saved, %d came back pixel for pixel, %d links open.%n", keys.size(), same, links.size());
            out.flush();
            return same == COUNT && listed.size() == COUNT && links.size() == COUNT;
        }
    }

    private List<String> save(Pixels pictures, Progress progress) {
        JsonObject inputs = new JsonObject();
        inputs.addProperty("key_prefix", "demo/");
        inputs.addProperty("filename", "landscape_%batch_num%");
        LinkedHashMap<String, String> workflow = new LinkedHashMap<>();
        workflow.put("workflow", WORKFLOW);
        RunContext context = new RunContext(
                Optional.empty(), workflow, false, Optional.of(new Pictures.Raw(pictures)), List.of(), progress);
        NodeResult saved = nodes.run("SaveImageToCloud", inputs, context);
        return saved.outputs().get(2).getAsJsonArray().asList().stream()
                .map(JsonElement::getAsString)
                .toList();
    }

    private int compare(Pixels pictures, List<String> keys, Progress progress) throws IOException {
        int same = 0;
        for (int index = 0; index < keys.size(); index++) {
            JsonObject inputs = new JsonObject();
            inputs.addProperty("key", keys.get(index));
            RunContext context = RunContext.plain(Progress.NONE);
            Path file = nodes.run("LoadImageFromCloud", inputs, context)
                    .files()
                    .getFirst()
                    .path();
            if (isSame(pictures.image(index), ImageIO.read(file.toFile()))) {
                same++;
            }
            progress.update(index + 1, keys.size());
        }
        return same;
    }

    private static boolean isSame(Image8 saved, BufferedImage loaded) {
        if (loaded.getWidth() != saved.width() || loaded.getHeight() != saved.height()) {
            return false;
        }
        byte[] samples = saved.toArray();
        for (int y = 0, at = 0; y < saved.height(); y++) {
            for (int x = 0; x < saved.width(); x++, at += 3) {
                int rgb = (samples[at] & 0xFF) << 16 | (samples[at + 1] & 0xFF) << 8 | (samples[at + 2] & 0xFF);
                if ((loaded.getRGB(x, y) & 0xFFFFFF) != rgb) {
                    return false;
                }
            }
        }
        return true;
    }

    private List<String> list() {
        JsonObject inputs = new JsonObject();
        inputs.addProperty("prefix", "demo/");
        NodeResult listed = nodes.run("ListBucketContents", inputs, RunContext.plain(Progress.NONE));
        return listed.outputs().getFirst().getAsString().lines().toList();
    }

    private List<String> share(List<String> keys, Progress progress) throws IOException {
        List<String> open = new ArrayList<>();
        for (String key : keys) {
            String link = bucket.link(bucket.keys().resolve(key), LINKS_WORK_FOR, Optional.empty());
            if (opensAsPng(link)) {
                open.add(link);
            }
            progress.update(open.size(), keys.size());
        }
        return open;
    }

    /** As somebody without an account would open it. */
    private static boolean opensAsPng(String link) throws IOException {
        HttpURLConnection connection =
                (HttpURLConnection) URI.create(link).toURL().openConnection();
        try (InputStream body = connection.getInputStream()) {
            return connection.getResponseCode() == HttpURLConnection.HTTP_OK
                    && connection.getContentType().toLowerCase(Locale.ROOT).equals("image/png")
                    && ImageIO.read(body) != null;
        }
    }
}
