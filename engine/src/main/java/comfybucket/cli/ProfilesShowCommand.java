package comfybucket.cli;

import com.google.gson.JsonObject;
import comfybucket.profile.Credentials;
import comfybucket.profile.Profile;
import comfybucket.profile.ProfileRef;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        name = "show",
        mixinStandardHelpOptions = true,
        description = "Shows what a profile and the environment come to, without the secrets.")
final class ProfilesShowCommand implements Callable<Integer> {
    private static final int SHOWN_OF_ACCESS_KEY = 4;

    @Mixin
    private final BucketOptions options;

    @Parameters(
            arity = "0..1",
            paramLabel = "NAME",
            description = "The profile; without it, what commands use that name none.")
    private String name = ProfileRef.ENVIRONMENT;

    ProfilesShowCommand(Invocation invocation) {
        this.options = new BucketOptions(invocation);
    }

    @Override
    public Integer call() {
        JsonObject fields = fields(options.profiles().resolve(options.named(name)));
        StringBuilder text = new StringBuilder();
        fields.entrySet()
                .forEach(field -> text.append(text.isEmpty() ? "" : System.lineSeparator())
                        .append(String.format(
                                "%-18s %s",
                                field.getKey(),
                                field.getValue().isJsonPrimitive()
                                        ? Printable.text(field.getValue().getAsString())
                                        : field.getValue())));
        options.lines().print(text::toString, () -> fields);
        return CommandLine.OK;
    }

    private static JsonObject fields(Profile profile) {
        JsonObject fields = new JsonObject();
        fields.addProperty("name", profile.name());
        fields.addProperty("provider", profile.provider().name());
        fields.addProperty("endpoint", profile.endpointName());
        fields.addProperty("region", profile.address().region());
        fields.addProperty("bucket", profile.keys().bucket());
        fields.addProperty("path_prefix", profile.keys().prefix().value());
        fields.addProperty("path_style", profile.address().pathStyle());
        addCredentials(fields, profile.credentials());
        fields.addProperty("read_only", profile.readOnly());
        fields.addProperty("upload", profile.saving().upload().word());
        fields.addProperty("on_conflict", profile.saving().onConflict().word());
        fields.addProperty("allow_pickle", profile.allowPickle());
        profile.publicBaseUrl().ifPresent(url -> fields.addProperty("public_base_url", url.toString()));
        return fields;
    }

    private static void addCredentials(JsonObject fields, Credentials credentials) {
        switch (credentials) {
            case Credentials.Static(var accessKey, var secretKey, var sessionToken) -> {
                fields.addProperty("access_key", beginning(accessKey));
                fields.addProperty("secret_key", secretKey.toString());
                sessionToken.ifPresent(token -> fields.addProperty("session_token", token.toString()));
            }
            case Credentials.DefaultChain(var awsProfile, var roleArn) -> {
                fields.addProperty("credentials", "default_chain");
                awsProfile.ifPresent(value -> fields.addProperty("aws_profile", value));
                roleArn.ifPresent(value -> fields.addProperty("role_arn", value));
            }
            case Credentials.LocalStore() -> fields.addProperty("credentials", "made by the store itself");
        }
    }

    /** Enough to tell keys apart; a key that is not much longer than that shows nothing. */
    private static String beginning(String accessKey) {
        return accessKey.length() < 4 * SHOWN_OF_ACCESS_KEY ? "…" : accessKey.substring(0, SHOWN_OF_ACCESS_KEY) + "…";
    }
}
