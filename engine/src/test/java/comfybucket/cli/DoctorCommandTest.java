package comfybucket.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import comfybucket.storage.KeyPrefix;
import comfybucket.store.LocalStore;
import comfybucket.store.StoreOptions;
import comfybucket.store.http.Body;
import comfybucket.store.http.Handler;
import comfybucket.store.http.Request;
import comfybucket.store.http.Response;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.assertj.core.api.AbstractStringAssert;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DoctorCommandTest {
    @TempDir
    private Path home;

    private Commands commands;

    @BeforeEach
    void start() throws IOException {
        commands = new Commands(home);
    }

    @Test
    void aHealthyProfileIsGoodInEverythingAndNothingIsLeftBehind() {
        Commands.Result result = commands.run("doctor", "--json").isOk();
        assertThat(result.json("verdict")).containsOnly("good").hasSize(13);
        assertThat(commands.objects()).isEmpty();
        boolean unfinished = commands.inBucket(bucket ->
                bucket.store().multipart().open(KeyPrefix.NONE).iterator().hasNext());
        assertThat(unfinished).isFalse();
    }

    @Test
    void aReadOnlyProfileIsNotWrittenTo() throws IOException {
        JsonObject fields = new JsonObject();
        fields.addProperty("provider", "Local");
        fields.addProperty("folder", home.resolve("bucket").toString());
        fields.addProperty("read_only", true);
        commands.profile("guarded", fields);
        Commands.Result result =
                commands.run("doctor", "--profile", "guarded", "--json").isOk();
        assertThat(verdicts(result)).containsEntry("list", "good").containsEntry("write", "skipped");
    }

    @Test
    void namesTheFixForAWrongRegion() throws IOException {
        examine(
                refuse(
                        request -> true,
                        400,
                        "AuthorizationHeaderMalformed",
                        "the region is wrong; expecting 'eu-west-9'"),
                fields -> {},
                result -> message(result, "bucket")
                        .contains("region us-east-1 but in eu-west-9")
                        .contains("Set region"));
    }

    @Test
    void namesTheFixForAWrongSecret() throws IOException {
        examine(
                UnaryOperator.identity(),
                fields -> fields.addProperty("secret_key", Commands.SECRET),
                result -> message(result, "bucket")
                        .contains("Enter secret_key again")
                        .doesNotContain(Commands.SECRET));
    }

    @Test
    void namesTheRightThatListingNeeds() throws IOException {
        examine(
                refuse(request -> request.path().matches("/comfyui/?"), 403, "AccessDenied", "not this one"),
                fields -> {},
                result -> {
                    message(result, "list")
                            .contains("Give the access key the right")
                            .contains("ListBucket");
                    assertThat(verdicts(result)).containsEntry("write", "good").containsEntry("read", "good");
                });
    }

    @Test
    void namesTheRightThatWritingNeeds() throws IOException {
        examine(refuse(request -> request.method().equals("PUT"), 403, "AccessDenied", "no"), fields -> {}, result -> {
            message(result, "write").contains("Give the access key the right").contains("PutObject");
            assertThat(verdicts(result)).containsEntry("list", "good").containsEntry("read", "skipped");
        });
    }

    @Test
    void namesTheFixForAClockThatIsRefused() throws IOException {
        examine(
                refuse(request -> true, 403, "RequestTimeTooSkewed", "too far apart"),
                fields -> {},
                result -> message(result, "bucket").contains("clock").contains("Set the clock"));
    }

    @Test
    void warnsOfAClockThatIsOnItsWayThere() throws IOException {
        String early = DateTimeFormatter.RFC_1123_DATE_TIME.format(
                ZonedDateTime.ofInstant(Instant.now().minusSeconds(420), ZoneOffset.UTC));
        examine(
                inner -> request -> {
                    Response response = inner.handle(request);
                    return response.headers().containsKey("Last-Modified")
                            ? response.with("Last-Modified", early)
                            : response;
                },
                fields -> {},
                result -> {
                    message(result, "clock").contains("7 minutes ahead").contains("Set the clock");
                    assertThat(verdicts(result)).containsEntry("clock", "warning");
                });
    }

    @Test
    void namesTheFixForTheBucketInTheWrongPartOfTheAddress() throws IOException {
        examine(
                UnaryOperator.identity(),
                fields -> fields.addProperty("force_path_style", false),
                result -> message(result, "bucket").contains("Set \"force_path_style\": true"));
    }

    @Test
    void namesTheFixForAStoreThatRefusesChecksumsAndItHelps() throws IOException {
        UnaryOperator<Handler> refusing = refuse(
                request -> request.headers().has("x-amz-checksum-mode"), 400, "InvalidArgument", "Unsupported header");
        examine(
                refusing,
                fields -> fields.addProperty("provider", "MinIO"),
                result -> message(result, "read")
                        .contains("Set \"provider\": \"Custom\"")
                        .contains("keep endpoint_url"));
        examine(refusing, fields -> {}, result -> assertThat(verdicts(result)).containsEntry("read", "good"));
    }

    @Test
    void namesTheFixForPlainHttp() throws IOException {
        JsonObject fields = elsewhere("http://store.example");
        commands.profile("plain", fields);
        Commands.Result refused = commands.run("doctor", "--profile", "plain");
        assertThat(refused.code()).isEqualTo(6);
        assertThat(refused.err()).contains("Use https").contains("\"allow_http\": true");
        examine(
                UnaryOperator.identity(),
                allowed -> allowed.addProperty("allow_http", true),
                result -> message(result, "endpoint").contains("plain http").contains("Set endpoint_url to https://"));
    }

    @Test
    void namesTheFixForAProxyThatIsInTheWay() throws Exception {
        JsonObject fields = elsewhere("http://store.invalid");
        fields.addProperty("allow_http", true);
        commands.profile("far", fields);
        ProcessBuilder doctor = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                "comfybucket.Main",
                "doctor",
                "--profile",
                "far",
                "--profiles",
                commands.profilesFile().toString(),
                "--json");
        doctor.environment().put("http_proxy", "http://me:" + Commands.SECRET + "@127.0.0.1:1");
        Process running = doctor.redirectErrorStream(true).start();
        String out = new String(running.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(running.waitFor()).isEqualTo(1);
        assertThat(out)
                .contains("Set by http_proxy")
                .contains("The proxy http://127.0.0.1:1 does not let us through")
                .contains("NO_PROXY")
                .doesNotContain(Commands.SECRET);
    }

    @Test
    void everyRequestNamesUsAndALinkThatLeadsOnIsTold() throws IOException {
        Set<String> agents = ConcurrentHashMap.newKeySet();
        examine(
                inner -> request -> {
                    agents.add(request.headers().first("User-Agent").orElse("none"));
                    boolean link = request.query().contains("X-Amz-Signature");
                    return link ? Response.of(301).with("Location", "http://127.0.0.1:9/") : inner.handle(request);
                },
                fields -> {},
                result -> {
                    message(result, "link").contains("leads on to another address");
                    assertThat(verdicts(result)).containsEntry("link", "warning");
                });
        assertThat(agents).isNotEmpty().allMatch(agent -> agent.startsWith("b2ai-comfyui/"));
    }

    @Test
    void findsAStoreThatIgnoresTheConditionOfAWrite() throws IOException {
        UnaryOperator<Handler> ignoring = inner -> request -> {
            Response response = inner.handle(request);
            return response.status() == 412 ? Response.of(200).with("ETag", "\"1\"") : response;
        };
        examine(
                ignoring,
                fields -> fields.addProperty("provider", "AWS S3"),
                result -> message(result, "create-only").contains("Set \"provider\": \"Custom\""));
        examine(ignoring, fields -> {}, result -> message(result, "create-only").contains("always get a suffix"));
    }

    @Test
    void warnsWhereTagsAreRefusedAndObjectsCannotBeRemoved() throws IOException {
        examine(
                refuse(
                        request -> request.headers().has("x-amz-tagging")
                                || request.method().equals("DELETE"),
                        403,
                        "AccessDenied",
                        "no"),
                fields -> fields.addProperty("provider", "MinIO"),
                result -> {
                    message(result, "tags").contains("Leave default_tags empty");
                    message(result, "delete")
                            .contains("stays in .comfy-bucket-doctor/")
                            .contains("DeleteObject");
                });
    }

    @Test
    void saysThatTagsAreNotSentToAStoreWithoutTags() throws IOException {
        JsonObject tags = new JsonObject();
        tags.addProperty("made-by", "me");
        examine(
                refuse(request -> request.headers().has("x-amz-tagging"), 501, "NotImplemented", "no"),
                fields -> fields.add("default_tags", tags),
                result -> {
                    message(result, "tags").contains("are not sent").contains("Leave default_tags empty");
                    assertThat(verdicts(result))
                            .containsEntry("tags", "warning")
                            .containsEntry("write", "good");
                });
    }

    @Test
    void saysWhatAPrefixWithoutASlashDoes() {
        Commands.Result result =
                commands.run("doctor", "--prefix", "me", "--json").isOk();
        message(result, "prefix").contains("mecat.png").contains("\"me/\"");
    }

    private void examine(UnaryOperator<Handler> front, Consumer<JsonObject> edit, Consumer<Commands.Result> verify)
            throws IOException {
        try (LocalStore store =
                LocalStore.open(home.resolve("other"), StoreOptions.defaults().withFront(front))) {
            JsonObject fields = commands.remote(store);
            edit.accept(fields);
            commands.profile("other", fields);
            verify.accept(commands.run("doctor", "--profile", "other", "--json"));
        }
    }

    private static JsonObject elsewhere(String endpoint) {
        JsonObject fields = new JsonObject();
        fields.addProperty("provider", "Custom");
        fields.addProperty("endpoint_url", endpoint);
        fields.addProperty("access_key", "AKIAEXAMPLE");
        fields.addProperty("secret_key", Commands.SECRET);
        fields.addProperty("bucket", "b");
        return fields;
    }

    private static UnaryOperator<Handler> refuse(Predicate<Request> which, int status, String code, String message) {
        String xml = "<Error><Code>" + code + "</Code><Message>" + message + "</Message></Error>";
        return inner -> request -> which.test(request)
                ? new Response(
                        status,
                        Map.of("Content-Type", "application/xml"),
                        request.method().equals("HEAD")
                                ? Body.NONE
                                : new Body.Bytes(xml.getBytes(StandardCharsets.UTF_8)))
                : inner.handle(request);
    }

    private static Map<String, String> verdicts(Commands.Result result) {
        return result.json().stream()
                .collect(Collectors.toMap(
                        line -> line.get("check").getAsString(),
                        line -> line.get("verdict").getAsString()));
    }

    private static AbstractStringAssert<?> message(Commands.Result result, String check) {
        return assertThat(result.json().stream()
                .filter(line -> line.get("check").getAsString().equals(check))
                .map(line -> line.get("message").getAsString())
                .findFirst()
                .orElseThrow());
    }
}
