package comfybucket;

import comfybucket.connect.Buckets;
import comfybucket.error.CloudException;
import comfybucket.media.Image8;
import comfybucket.media.Pixels;
import comfybucket.media.PngEncoder;
import comfybucket.media.WorkflowMetadata;
import comfybucket.profile.Machine;
import comfybucket.profile.ProfileRef;
import comfybucket.profile.Profiles;
import comfybucket.storage.s3.Rehearsal;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Sets up what the first save needs, on another processor, while the pack's first messages are still being read. */
final class WarmUp {
    private static final Map<String, String> SETTINGS = Map.of(
            "COMFY_S3_PROVIDER", "Custom",
            "COMFY_S3_ENDPOINT_URL", "http://localhost",
            "COMFY_S3_BUCKET", "rehearsal",
            "COMFY_S3_ACCESS_KEY", "rehearsal",
            "COMFY_S3_SECRET_KEY", "rehearsal");

    private WarmUp() {}

    /** Returns at once. Whoever needs one of these things earlier waits for it, or sets it up himself. */
    static void begin() {
        Thread.ofPlatform().daemon().name("warm-up").start(WarmUp::run);
    }

    static void run() {
        try {
            open();
            Rehearsal.run();
            encode();
        } catch (CloudException | IllegalStateException e) {
            // The first save tells the user, if there is anything to tell.
            Logger.getLogger(WarmUp.class.getName()).log(Level.FINE, "The warm-up ended early", e);
        }
    }

    /** Opens a bucket, which connects to nothing yet. */
    private static void open() {
        Machine machine = new Machine(SETTINGS, "Linux", Path.of(""));
        Profiles profiles = new Profiles(machine, Path.of("rehearsal").resolve("profiles.json"));
        try (Buckets buckets = new Buckets(profiles::resolve)) {
            var _ = buckets.open(ProfileRef.DEFAULT);
        }
    }

    /** A picture of one black pixel, as the pack hands it over. */
    private static void encode() {
        Image8 pixel = new Pixels(MemorySegment.ofArray(new byte[3]), 1, 1, 1, 3).image(0);
        var _ = PngEncoder.encode(pixel, WorkflowMetadata.NONE);
    }
}
