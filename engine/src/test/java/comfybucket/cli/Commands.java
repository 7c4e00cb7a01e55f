package comfybucket.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import comfybucket.connect.Bucket;
import comfybucket.connect.Buckets;
import comfybucket.profile.Machine;
import comfybucket.profile.Profile;
import comfybucket.profile.ProfileRef;
import comfybucket.storage.ListRequest;
import comfybucket.storage.ObjectKey;
import comfybucket.storage.ObjectSummary;
import comfybucket.storage.Payload;
import comfybucket.storage.PutOptions;
import comfybucket.store.LocalStore;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.StreamSupport;

/** Runs command lines as a user does, on a machine of its own whose profile {@code local} has an embedded store. */
final class Commands {
    static final String SECRET = "c4naryS3cretOfTheTestsThatNobodyMaySee";

    final Path home;
    private final Map<String, String> environment = new HashMap<>();
    private final Map<String, JsonObject> profiles = new HashMap<>();

    Commands(Path home) throws IOException {
        this.home = home;
        environment.put("COMFY_S3_PROFILES", profilesFile().toString());
        environment.put("COMFY_S3_PROFILE", "local");
        JsonObject local = new JsonObject();
        local.addProperty("provider", "Local");
        local.addProperty("folder", bucketFolder().toString());
        profile("local", local);
    }

    /** What a command line came to. */
    record Result(int code, String out, String err) {
        Result isOk() {
            assertThat(this).returns(0, Result::code);
            return this;
        }

        List<String> lines() {
            return out.lines().toList();
        }

        List<JsonObject> json() {
            return out.lines()
                    .map(line -> JsonParser.parseString(line).getAsJsonObject())
                    .toList();
        }

        List<String> json(String member) {
            return json().stream().map(line -> line.get(member).getAsString()).toList();
        }
    }

    Path profilesFile() {
        return home.resolve("profiles.json");
    }

    private Path bucketFolder() {
        return home.resolve("bucket");
    }

    Commands with(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    Commands without(String variable) {
        environment.remove(variable);
        return this;
    }

    void profile(String name, JsonObject fields) throws IOException {
        profiles.put(name, fields);
        JsonObject all = new JsonObject();
        profiles.forEach(all::add);
        JsonObject root = new JsonObject();
        root.add("profiles", all);
        Files.writeString(profilesFile(), root.toString());
    }

    /** A profile for a store that a test runs itself, as a user would write it for a store elsewhere. */
    JsonObject remote(LocalStore store) {
        JsonObject fields = new JsonObject();
        fields.addProperty("provider", "Custom");
        fields.addProperty("endpoint_url", store.endpoint().toString());
        fields.addProperty("access_key", store.accessKey());
        fields.addProperty("secret_key", store.secretKey());
        fields.addProperty("bucket", store.bucket());
        return fields;
    }

    Result run(String... args) {
        return typing("", args);
    }

    Result typing(String input, String... args) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int code = CommandLine.run(invocation(input, out, err), args);
        return new Result(code, out.toString(), err.toString());
    }

    Invocation invocation(String input, StringWriter out, StringWriter err) {
        return new Invocation(
                machine(),
                new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
                new PrintWriter(out, true),
                new PrintWriter(err, true),
                false);
    }

    private Machine machine() {
        return new Machine(environment, "Linux", home);
    }

    void put(String key, String text) {
        put(key, text.getBytes(StandardCharsets.UTF_8));
    }

    void put(String key, byte[] bytes) {
        inBucket(bucket -> bucket.store().put(bucket.keys().resolve(key), Payload.of(bytes), PutOptions.REPLACE));
    }

    /** The names of all objects, in S3's order. */
    List<String> objects() {
        return inBucket(bucket -> StreamSupport.stream(
                        bucket.store()
                                .list(ListRequest.all(bucket.keys().prefix()))
                                .spliterator(),
                        false)
                .flatMap(page -> page.objects().stream())
                .map(ObjectSummary::key)
                .map(ObjectKey::value)
                .toList());
    }

    <T> T inBucket(Function<Bucket, T> work) {
        return inBucketOf(bucketFolder(), work);
    }

    <T> T inBucketOf(Path folder, Function<Bucket, T> work) {
        try (Buckets buckets = new Buckets(chosen -> Profile.local(folder))) {
            return work.apply(buckets.open(ProfileRef.DEFAULT));
        }
    }
}
