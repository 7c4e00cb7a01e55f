package comfybucket.node;

import com.google.gson.JsonArray;
import com.google.gson.JsonPrimitive;
import comfybucket.connect.Bucket;
import comfybucket.connect.Buckets;
import comfybucket.error.CloudException;
import comfybucket.error.Problem;
import comfybucket.media.WorkflowMetadata;
import comfybucket.naming.ItemName;
import comfybucket.naming.NameTemplate;
import comfybucket.naming.Namer;
import comfybucket.profile.ProfileRef;
import comfybucket.storage.ObjectKey;
import comfybucket.storage.Payload;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/** Saves each picture of a batch as a file of its own: encoded, shown on the node and uploaded, several at once. */
final class SaveImageToCloud implements Node<SaveImageToCloud.Inputs> {
    /** Enough to keep the processors encoding while earlier pictures are on their way. */
    private static final int AT_ONCE = 2 * Runtime.getRuntime().availableProcessors() + 4;

    private final Buckets buckets;
    private final Namer namer;
    private final Previews previews;

    SaveImageToCloud(Buckets buckets, Namer namer, Previews previews) {
        this.buckets = buckets;
        this.namer = namer;
        this.previews = previews;
    }

    record Inputs(
            String keyPrefix,
            String filename,
            String format,
            Integer quality,
            Boolean presignUrl,
            Integer expiresHours,
            ProfileRef profile,
            String onConflict,
            Boolean embedWorkflow) {
        Inputs {
            keyPrefix = Given.or(keyPrefix, "comfyui/images/");
            filename = Given.or(filename, "ComfyUI_%batch_num%");
            format = Given.or(format, "png");
            quality = Given.or(quality, 95);
            presignUrl = Given.or(presignUrl, false);
            expiresHours = Given.or(expiresHours, 24);
            profile = Given.or(profile, ProfileRef.DEFAULT);
            onConflict = Given.or(onConflict, ProfileRef.FROM_PROFILE);
            embedWorkflow = Given.or(embedWorkflow, true);
        }
    }

    private record Saved(ObjectKey key, Optional<Ui.Image> preview) {}

    @Override
    public String id() {
        return "SaveImageToCloud";
    }

    @Override
    public Class<Inputs> inputs() {
        return Inputs.class;
    }

    @Override
    public NodeResult run(Inputs inputs, RunContext context) {
        Bucket bucket = buckets.open(inputs.profile());
        bucket.profile().requireWritable();
        Pictures pictures = context.pictures()
                .filter(batch -> batch.count() > 0)
                .orElseThrow(() -> new CloudException(
                        Problem.INPUT_NOT_USABLE,
                        Map.of("input", "images", "reason", "the batch is empty", "allowed", "at least one picture")));
        ImageFormat format = ImageFormat.named(inputs.format());
        WorkflowMetadata workflow = context.workflow(inputs.embedWorkflow());
        Saver saver = new Saver(bucket, Given.onConflict(inputs.onConflict(), bucket.profile()));
        List<ItemName> names = namer.names(
                new NameTemplate(inputs.keyPrefix(), inputs.filename(), format.extension()),
                new comfybucket.naming.Batch(
                        pictures.count(),
                        OptionalInt.of(pictures.width()),
                        OptionalInt.of(pictures.height()),
                        context.widgets()),
                bucket.keys(),
                saver.suffix());
        AtomicInteger finished = new AtomicInteger();

        Batch<Saved> batch = Batch.run(pictures.count(), AT_ONCE, index -> {
            byte[] file = ImageFile.encode(pictures, index, format, inputs.quality(), workflow);
            ObjectKey key = saver.save(names.get(index), Payload.of(file), format.contentType());
            Optional<Ui.Image> preview = previews.show(file, format.extension());
            context.progress().update(finished.incrementAndGet(), pictures.count());
            return new Saved(key, preview);
        });
        batch.failure().ifPresent(failure -> fail(bucket, batch.done(), pictures.count(), failure));
        return result(bucket, batch.done(), inputs);
    }

    /** Whoever runs a batch again must know what is in the bucket already. */
    private static void fail(Bucket bucket, List<Saved> done, int total, Throwable failure) {
        if (failure instanceof CancellationException cancelled) {
            throw cancelled;
        }
        if (!(failure instanceof CloudException problem)) {
            throw new IllegalStateException("A picture could not be saved", failure);
        }
        if (done.isEmpty()) {
            throw problem;
        }
        String keys = done.stream().map(saved -> bucket.keys().uri(saved.key())).collect(Collectors.joining(", "));
        throw new CloudException(
                Problem.SAVED_IN_PART,
                Map.of(
                        "saved", Integer.toString(done.size()),
                        "total", Integer.toString(total),
                        "cause", problem.getMessage(),
                        "keys", keys),
                problem);
    }

    private static NodeResult result(Bucket bucket, List<Saved> saved, Inputs inputs) {
        List<String> lines = new ArrayList<>();
        JsonArray keys = new JsonArray();
        for (Saved one : saved) {
            lines.add(bucket.keys().uri(one.key()));
            keys.add(bucket.keys().show(one.key()));
        }
        String url = "";
        if (!saved.isEmpty()
                && (inputs.presignUrl() || bucket.profile().publicBaseUrl().isPresent())) {
            url = bucket.link(saved.getFirst().key(), Duration.ofHours(inputs.expiresHours()), Optional.empty());
            lines.add("url: " + url);
        }
        List<Ui.Image> images =
                saved.stream().flatMap(one -> one.preview().stream()).toList();
        String first = keys.isEmpty() ? "" : keys.get(0).getAsString();
        return NodeResult.of(new Ui(lines, images), new JsonPrimitive(first), new JsonPrimitive(url), keys);
    }
}
