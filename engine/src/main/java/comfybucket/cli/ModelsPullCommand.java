package comfybucket.cli;

import com.google.gson.JsonObject;
import comfybucket.connect.Bucket;
import comfybucket.connect.Buckets;
import comfybucket.error.CloudException;
import comfybucket.models.cache.Budget;
import comfybucket.models.cache.FetchOptions;
import comfybucket.models.cache.ModelCache;
import comfybucket.models.cache.ModelFile;
import comfybucket.models.folders.ModelFolders;
import comfybucket.models.safety.ModelCheck;
import comfybucket.models.workflow.Need;
import comfybucket.models.workflow.Plan;
import comfybucket.models.workflow.Step;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "pull",
        mixinStandardHelpOptions = true,
        description = {
            "Fetches every model that workflows need into ComfyUI's model folders; ComfyUI need not run. What is there"
                    + " already is left as it is."
        })
final class ModelsPullCommand implements Callable<Integer> {
    /** Each is fetched in many pieces already. */
    private static final int AT_ONCE = 4;

    @Mixin
    private final BucketOptions options;

    @Mixin
    private final DryRun dryRun = new DryRun();

    @Mixin
    private final ComfyUIOptions comfyui = new ComfyUIOptions();

    @Mixin
    private final WorkflowArguments workflows;

    @Option(
            names = "--from",
            paramLabel = "PREFIX",
            description =
                    "Where the files that loaders name lie in the bucket; models/ and then everywhere unless said.")
    private List<String> prefixes = List.of("models/", "");

    private final ModelCache cache = new ModelCache();

    ModelsPullCommand(Invocation invocation) {
        this.options = new BucketOptions(invocation);
        this.workflows = new WorkflowArguments(invocation);
    }

    @Override
    public Integer call() {
        ModelFolders folders = comfyui.folders(options.invocation().machine());
        List<Need> needs = workflows.needs();
        try (Buckets buckets = options.buckets();
                Batch batch = new Batch(options, "models pull", AT_ONCE)) {
            if (needs.isEmpty()) {
                options.lines().note("No model is named there.");
                return ExitCode.OK.number();
            }
            Plan plan = new Plan(
                    profile ->
                            buckets.open(options.namesABucket() ? options.chosen() : profile.orElse(options.chosen())),
                    folders,
                    prefixes);
            needs.forEach(need -> start(need, plan, folders, batch));
            return batch.end();
        }
    }

    private void start(Need need, Plan plan, ModelFolders folders, Batch batch) {
        JsonObject line = new JsonObject();
        line.addProperty("node", need.node());
        try {
            switch (plan.step(need)) {
                case Step.There(var file) -> {
                    line.addProperty("file", file.toString());
                    batch.start(file.toString(), line, 0, () -> "there");
                }
                case Step.Fetch fetch -> {
                    line.addProperty("key", fetch.bucket().keys().show(fetch.key()));
                    line.addProperty("size", fetch.size());
                    batch.start(
                            fetch.bucket().keys().uri(fetch.key()),
                            line,
                            fetch.size(),
                            () -> dryRun.isWanted() ? "would_pull" : fetch(fetch, folders, line, batch));
                }
            }
        } catch (CloudException failed) {
            batch.start(need.node(), line, 0, () -> {
                throw failed;
            });
        }
    }

    private String fetch(Step.Fetch wanted, ModelFolders folders, JsonObject line, Batch batch) {
        Bucket bucket = wanted.bucket();
        FetchOptions rules = FetchOptions.USUAL.withCheck(ModelCheck.of(
                wanted.fileName(),
                bucket.keys().uri(wanted.key()),
                bucket.profile().allowPickle()));
        var limit = bucket.profile().limits().modelCache();
        if (limit.isPresent()) {
            rules = rules.withBudget(new Budget(limit.getAsLong(), folders.all()));
        }
        AtomicLong shown = new AtomicLong();
        ModelFile model = cache.fetch(
                bucket,
                wanted.key(),
                wanted.place(),
                rules,
                (done, total) -> batch.moved(done - shown.getAndAccumulate(done, Math::max)));
        line.addProperty("file", model.path().toString());
        return switch (model.outcome()) {
            case DOWNLOADED -> "pulled";
            case CACHED, ADOPTED, OFFLINE_COPY -> model.outcome().name().toLowerCase(Locale.ROOT);
        };
    }
}
