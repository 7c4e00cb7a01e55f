package comfybucket.storage.s3;

import comfybucket.error.CloudException;
import comfybucket.error.Problem;
import comfybucket.provider.Quirk;
import comfybucket.storage.Capabilities;
import comfybucket.storage.ObjectKey;
import comfybucket.storage.PutOptions;
import comfybucket.storage.WriteMode;
import java.util.Map;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.services.s3.model.EncodingType;

/** What the store can do, how it is asked for it, and that nothing else is asked of it. */
final class Support implements Capabilities {
    /** Of requests that replace nothing. */
    static final String IF_NONE_MATCH = "If-None-Match";

    /** The same in Google's words. */
    static final String IF_GENERATION = "x-goog-if-generation-match";

    private final S3Connection connection;
    private final Traits traits;

    Support(S3Connection connection, Traits traits) {
        this.connection = connection;
        this.traits = traits;
    }

    @Override
    public boolean createOnly() {
        return !traits.hasWhenTried(Quirk.NO_CREATE_ONLY);
    }

    @Override
    public boolean createOnlyInParts() {
        return createOnly() && !traits.hasWhenTried(Quirk.NO_CREATE_ONLY_IN_PARTS);
    }

    @Override
    public boolean tags() {
        return !traits.hasWhenTried(Quirk.NO_TAGS);
    }

    /** @throws CloudException {@link Problem#STORE_CANNOT} */
    void require(PutOptions options, ObjectKey key) {
        if (!options.tags().isEmpty() && !tags()) {
            throw cannot("object tags", key);
        }
        if (options.mode() == WriteMode.CREATE_ONLY && !createOnly()) {
            throw cannot("a write that replaces nothing", key);
        }
    }

    /** @throws CloudException {@link Problem#STORE_CANNOT} */
    void requireInParts(WriteMode mode, ObjectKey key) {
        if (mode == WriteMode.CREATE_ONLY && !createOnlyInParts()) {
            throw cannot("an upload in parts that replaces nothing", key);
        }
    }

    /** Adds what makes a write of this mode fail when the key is taken. */
    void ask(WriteMode mode, AwsRequestOverrideConfiguration.Builder request) {
        switch (mode) {
            case REPLACE -> {}
            case CREATE_ONLY -> {
                if (traits.has(Quirk.CREATE_ONLY_BY_GENERATION)) {
                    request.putHeader(IF_GENERATION, "0");
                } else {
                    request.putHeader(IF_NONE_MATCH, "*");
                }
            }
        }
    }

    /** How a listing writes keys; {@code null} for the SDK to leave it out. */
    EncodingType listEncoding() {
        return traits.has(Quirk.NO_LIST_URL_ENCODING) ? null : EncodingType.URL;
    }

    private CloudException cannot(String what, ObjectKey key) {
        return new CloudException(
                Problem.STORE_CANNOT,
                Map.of(
                        "endpoint",
                        connection.endpoint().toString(),
                        "action",
                        what,
                        "target",
                        connection.uri(key),
                        "reply",
                        "nothing, since it is known not to"));
    }
}
