package comfybucket.node;

import comfybucket.error.CloudException;
import comfybucket.error.Problem;
import comfybucket.models.cache.FetchOptions;
import comfybucket.profile.ProfileRef;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** Puts a model where ComfyUI's loaders find it, and gives the name that they know it by. */
final class LoadModelFromCloud implements Node.Reader<LoadModelFromCloud.Inputs> {
    private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");

    private final ModelFetcher models;

    LoadModelFromCloud(ModelFetcher models) {
        this.models = models;
    }

    record Inputs(String modelType, String key, Boolean forceRedownload, ProfileRef profile, String sha256) {
        Inputs {
            modelType = Given.or(modelType, "checkpoints");
            key = Given.or(key, "");
            forceRedownload = Given.or(forceRedownload, false);
            profile = Given.or(profile, ProfileRef.DEFAULT);
            sha256 = Given.or(sha256, "");
        }
    }

    @Override
    public String id() {
        return "LoadModelFromCloud";
    }

    @Override
    public Class<Inputs> inputs() {
        return Inputs.class;
    }

    @Override
    public NodeResult run(Inputs inputs, RunContext context) {
        FetchOptions options = FetchOptions.USUAL.withForce(inputs.forceRedownload());
        String hash = inputs.sha256().strip().toLowerCase(Locale.ROOT);
        if (!hash.isEmpty()) {
            options = options.withSha256(checked(hash));
        }
        return models.fetch(inputs.modelType(), inputs.key(), inputs.profile(), options, context);
    }

    @Override
    public String identity(Inputs inputs) {
        return models.identity(inputs.key(), inputs.profile());
    }

    private static String checked(String hash) {
        if (!SHA256.matcher(hash).matches()) {
            throw new CloudException(
                    Problem.INPUT_NOT_USABLE,
                    Map.of(
                            "input", "sha256",
                            "reason", "it is not a SHA-256",
                            "allowed", "64 hexadecimal digits, or leave it empty"));
        }
        return hash;
    }
}
