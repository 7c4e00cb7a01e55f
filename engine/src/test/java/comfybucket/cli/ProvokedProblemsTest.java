package comfybucket.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import comfybucket.error.Problem;
import comfybucket.store.LocalStore;
import comfybucket.store.StoreOptions;
import comfybucket.store.http.Body;
import comfybucket.store.http.Handler;
import comfybucket.store.http.Request;
import comfybucket.store.http.Response;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every problem of the catalogue, provoked as a user would meet it. Those of the settings and of stores are provoked here
 * through commands, all at the same time, since some of them take the store's whole patience; the others through nodes
 * and commands where {@link #ELSEWHERE} says.
 */
class ProvokedProblemsTest {
    private static final long MEGABYTE = 1 << 20;

    /** What needs a node, the pack or another process; with the test that provokes it. */
    private static final Map<Problem, String> ELSEWHERE = Map.ofEntries(
            Map.entry(Problem.APPLICATION_KEY_NEEDED, "pack/tests/test_problems.py"),
            Map.entry(Problem.CODEC_NOT_AVAILABLE, "pack/tests/test_problems.py"),
            Map.entry(Problem.CODEC_NOT_READABLE, "pack/tests/test_problems.py"),
            Map.entry(Problem.CREDENTIALS_NOT_FOUND, "pack/tests/test_problems.py"),
            Map.entry(Problem.DESTINATION_CHANGED, "pack/tests/test_problems.py"),
            Map.entry(Problem.DISK_FULL, "pack/tests/test_problems.py"),
            Map.entry(Problem.ENGINE_ENDED, "pack/tests/test_runs.py"),
            Map.entry(Problem.ENGINE_NOT_INSTALLED, "pack/tests/test_runs.py"),
            Map.entry(Problem.FILE_OUTSIDE, "pack/tests/test_media_nodes.py"),
            Map.entry(Problem.IMAGE_TOO_LARGE, "pack/tests/test_problems.py"),
            Map.entry(Problem.IMAGE_TOO_LARGE_FOR_FORMAT, "pack/tests/test_problems.py"),
            Map.entry(Problem.JAVA_MISSING, "pack/tests/test_problems.py"),
            Map.entry(Problem.JOB_DAMAGED, "pack/tests/test_problems.py"),
            Map.entry(Problem.KEPT_IN_OUTBOX, "pack/tests/test_problems.py"),
            Map.entry(Problem.KEY_EMPTY, "pack/tests/test_problems.py"),
            Map.entry(Problem.MEDIA_NOT_ENCODED, "pack/tests/test_problems.py"),
            Map.entry(Problem.MODEL_HASH_MISMATCH, "engine/src/test/java/comfybucket/node/ModelNodesTest.java"),
            Map.entry(Problem.MODEL_TYPE_UNKNOWN, "engine/src/test/java/comfybucket/node/ModelNodesTest.java"),
            Map.entry(Problem.NOTHING_FOUND, "pack/tests/test_load_nodes.py"),
            Map.entry(Problem.NOTHING_LOADED, "pack/tests/test_load_nodes.py"),
            Map.entry(Problem.NOT_AN_IMAGE, "pack/tests/test_problems.py"),
            Map.entry(Problem.NOT_AUDIO, "pack/tests/test_load_nodes.py"),
            Map.entry(Problem.NOT_A_MODEL, "engine/src/test/java/comfybucket/node/ModelNodesTest.java"),
            Map.entry(Problem.NOT_A_VIDEO, "pack/tests/test_load_nodes.py"),
            Map.entry(Problem.OUTBOX_FULL, "pack/tests/test_problems.py"),
            Map.entry(Problem.PICKLE_REFUSED, "pack/tests/test_model_nodes.py"),
            Map.entry(Problem.PROVIDER_OVERRIDE_REFUSED, "pack/tests/test_problems.py"),
            Map.entry(Problem.ROLE_REFUSED, "pack/tests/test_problems.py"),
            Map.entry(Problem.SAVED_IN_PART, "engine/src/test/java/comfybucket/node/SaveImageToCloudTest.java"),
            Map.entry(Problem.VERSIONS_DIFFER, "pack/tests/test_runs.py"));

    private static final Path REPOSITORY = Path.of("").toAbsolutePath().getParent();

    /** What their tests look for where that is not the code. */
    private static final Map<Problem, String> TEXTS =
            Map.of(Problem.ENGINE_ENDED, "ended unexpectedly", Problem.JAVA_MISSING, "No Java");

    /** What shows that a test goes the way of a user: ComfyUI's executor, or a command line. */
    private static final Pattern BY_A_NODE_OR_COMMAND = Pattern.compile("Executor\\(|executor\\.run\\(|command\\(");

    /** What nobody foresees has no test that foresees it. */
    private static final Problem UNPROVOKABLE = Problem.UNFORESEEN;

    /** Files that somebody writes to while they are uploaded. */
    private static final Set<Path> GROWS = ConcurrentHashMap.newKeySet();

    @TempDir
    private Path home;

    /**
     * @param front what the store does otherwise than S3 says
     * @param edit changes the profile and the machine
     * @param args the command line; {@code FILE} is a small file, {@code BIG} one that is sent in parts
     */
    private record Case(
            Problem problem, UnaryOperator<Handler> front, BiConsumer<JsonObject, Commands> edit, List<String> args) {
        Case(Problem problem, UnaryOperator<Handler> front, BiConsumer<JsonObject, Commands> edit, String... args) {
            this(problem, front, edit, List.of(args));
        }
    }

    private static Stream<Case> cases() {
        return Stream.of(settings(), refusals(), brokenStores(), places(), keysAndFiles(), models())
                .flatMap(List::stream);
    }

    private static List<Case> settings() {
        return List.of(
                set(Problem.ACCESS_KEY_MISSING, "access_key", null),
                set(Problem.SECRET_KEY_MISSING, "secret_key", null),
                set(Problem.BUCKET_MISSING, "bucket", null),
                set(Problem.ENDPOINT_MISSING, "endpoint_url", null),
                set(Problem.ENDPOINT_PLAIN_HTTP, "endpoint_url", "http://store.example"),
                set(Problem.ENDPOINT_FORBIDDEN, "endpoint_url", "https://169.254.169.254"),
                new Case(
                        Problem.CA_BUNDLE_NOT_READABLE,
                        honest(),
                        (fields, commands) -> {
                            overTls(fields);
                            fields.addProperty("ca_bundle", "/nowhere/ca.pem");
                        },
                        "ls"),
                env(Problem.SETTING_NOT_USABLE, "COMFY_S3_ENDPOINT_URL", "not an address"),
                set(Problem.PROFILE_BROKEN, "acess_key", "x"),
                env(Problem.PROVIDER_UNKNOWN, "COMFY_S3_PROVIDER", "Blackblaze"),
                env(Problem.R2_ACCOUNT_MISSING, "COMFY_S3_PROVIDER", "Cloudflare R2"),
                new Case(Problem.PROFILE_NOT_FOUND, honest(), (fields, commands) -> {}, "ls", "--profile", "othr"),
                new Case(
                        Problem.BUCKET_OVERRIDE_REFUSED,
                        honest(),
                        (fields, commands) -> fields.addProperty("allow_bucket_override", false),
                        "ls",
                        "--bucket",
                        "mine"),
                new Case(
                        Problem.PROFILE_READ_ONLY,
                        honest(),
                        (fields, commands) -> fields.addProperty("read_only", true),
                        "push",
                        "FILE"),
                new Case(
                        Problem.DEFAULT_CHAIN_NOT_AWS,
                        honest(),
                        (fields, commands) -> {
                            fields.remove("access_key");
                            fields.remove("secret_key");
                            fields.addProperty("credentials", "default_chain");
                        },
                        "ls"),
                new Case(
                        Problem.PROFILES_FILE_BROKEN,
                        honest(),
                        (fields, commands) -> commands.with("COMFY_S3_PROFILES", file(commands, "{\"profiles\": [")),
                        "ls"),
                new Case(
                        Problem.PROFILES_FILE_NOT_READABLE,
                        honest(),
                        (fields, commands) -> commands.with("COMFY_S3_PROFILES", commands.home.toString()),
                        "ls"),
                new Case(
                        Problem.PROFILES_FILE_NOT_WRITABLE,
                        honest(),
                        (fields, commands) -> commands.with(
                                "COMFY_S3_PROFILES",
                                Path.of("/proc/comfy-bucket/profiles.json").toString()),
                        "profiles",
                        "add",
                        "new",
                        "provider=Local"));
    }

    private static List<Case> refusals() {
        return List.of(
                answer(Problem.BUCKET_NOT_FOUND, 404, "NoSuchBucket", "ls"),
                answer(Problem.ACCESS_DENIED, 403, "AccessDenied", "ls"),
                answer(Problem.OBJECT_NOT_FOUND, 404, "NoSuchKey", "pull", "a.png"),
                answer(Problem.OBJECT_ARCHIVED, 403, "InvalidObjectState", "pull", "there.txt"),
                answer(Problem.OBJECT_TOO_LARGE, 400, "EntityTooLarge", "push", "FILE"),
                answer(Problem.ACCESS_KEY_INVALID, 403, "InvalidAccessKeyId", "ls"),
                answer(Problem.CREDENTIALS_EXPIRED, 400, "ExpiredToken", "ls"),
                answer(Problem.SIGNATURE_MISMATCH, 403, "SignatureDoesNotMatch", "ls"),
                answer(Problem.CLOCK_SKEWED, 403, "RequestTimeTooSkewed", "ls"),
                answer(Problem.WRONG_REGION, 400, "IllegalLocationConstraintException", "ls"),
                answer(Problem.STORE_BUSY, 503, "SlowDown", "ls"),
                answer(Problem.STORE_FAILED, 500, "InternalError", "ls"),
                answer(Problem.STORE_FULL, 507, "XMinioStorageFull", "push", "FILE"),
                answer(Problem.STORE_REFUSED, 405, "MethodNotAllowed", "ls"),
                answer(Problem.STORE_CANNOT, 501, "NotImplemented", "push", "FILE"),
                answer(Problem.PROXY_FAILED, 407, "", "ls"),
                answer(
                        Problem.OBJECT_CHANGED,
                        request -> request.method().equals("GET"),
                        412,
                        "PreconditionFailed",
                        "pull",
                        "there.txt"),
                answer(
                        Problem.RANGE_NOT_IN_OBJECT,
                        request -> request.method().equals("GET"),
                        416,
                        "InvalidRange",
                        "pull",
                        "there.txt"),
                answer(
                        Problem.UPLOAD_GONE,
                        request -> request.query().contains("partNumber"),
                        404,
                        "NoSuchUpload",
                        "push",
                        "BIG"),
                new Case(
                        Problem.OBJECT_DENIED_OR_MISSING,
                        refusing(request -> true, 403, "AccessDenied"),
                        (fields, commands) -> fields.addProperty("provider", "AWS S3"),
                        "pull",
                        "there.txt"));
    }

    private static List<Case> brokenStores() {
        return List.of(
                front(Problem.STORE_REPLY_UNUSABLE, inner -> request -> text("<html>Console</html>"), "ls"),
                front(
                        Problem.STORE_REDIRECTS,
                        inner -> request -> Response.of(307).with("Location", "http://127.0.0.1:9/elsewhere"),
                        "ls"),
                front(
                        Problem.LISTING_ENDLESS,
                        inner -> request -> text("<ListBucketResult><IsTruncated>true</IsTruncated>"
                                + "<NextContinuationToken>same</NextContinuationToken><Contents><Key>a</Key>"
                                + "<Size>1</Size><ETag>\"1\"</ETag><LastModified>2025-01-01T00:00:00Z</LastModified>"
                                + "</Contents></ListBucketResult>"),
                        "ls",
                        "-r"),
                front(
                        Problem.CHECKSUM_MISMATCH,
                        inner -> request -> {
                            Response response = inner.handle(request);
                            boolean bytes = request.method().equals("GET")
                                    && request.path().endsWith("there.txt");
                            return bytes
                                    ? response.with(new Body.Bytes("smelt".getBytes(StandardCharsets.UTF_8)))
                                    : response;
                        },
                        "pull",
                        "there.txt"),
                front(
                        Problem.STORE_SILENT,
                        inner -> request -> new Response(
                                200, Map.of("Content-Type", "application/xml"), new Body.Stream(out -> silence())),
                        "ls"));
    }

    private static List<Case> places() {
        return List.of(
                new Case(Problem.TLS_FAILED, honest(), (fields, commands) -> overTls(fields), "ls"),
                set(Problem.ENDPOINT_UNREACHABLE, "endpoint_url", "http://127.0.0.1:1"));
    }

    private static List<Case> keysAndFiles() {
        return List.of(
                front(Problem.KEY_NOT_STORABLE, honest(), "share", "k".repeat(2000)),
                front(Problem.KEY_OUTSIDE, honest(), "share", "s3://another/key"),
                front(Problem.JOB_NOT_FOUND, honest(), "outbox", "cancel", "nosuchjob"),
                front(Problem.FILE_NOT_READABLE, honest(), "push", "/nowhere/at-all.bin"),
                front(Problem.OBJECT_EXISTS, honest(), "push", "FILE"),
                front(Problem.FILE_EXISTS, honest(), "pull", "small", "--to", "HOME"),
                front(Problem.FOLDER_NOT_WRITABLE, honest(), "pull", "there.txt", "--to", "FILE/below"),
                front(Problem.INPUT_NOT_USABLE, honest(), "serve"),
                // The pieces of a file come from it when they are sent: a store that is asked for the second one is
                // early
                // enough for a change.
                new Case(
                        Problem.FILE_CHANGED,
                        inner -> request -> {
                            if (request.query().contains("uploads")) {
                                GROWS.forEach(ProvokedProblemsTest::grow);
                            }
                            return inner.handle(request);
                        },
                        (fields, commands) -> GROWS.add(commands.home.resolve("big")),
                        "push",
                        "BIG"));
    }

    private static List<Case> models() {
        return List.of(
                model(Problem.MODEL_NOT_IN_BUCKET, "VAELoader", "vae_name", "\"gone.safetensors\""),
                model(Problem.MODEL_AMBIGUOUS, "VAELoader", "vae_name", "\"twice.safetensors\""),
                model(Problem.MODEL_FOLDER_UNKNOWN, "SomeLoader", "file", "\"once.safetensors\""),
                model(Problem.MODEL_NAMED_AT_RUN, "LoadLoraFromCloud", "key", "[\"2\", 0]"),
                model(Problem.MODEL_CACHE_FULL, "VAELoader", "vae_name", "\"once.safetensors\""));
    }

    /** A workflow whose one node needs a model; the bucket has one of that name, or two. */
    private static Case model(Problem problem, String node, String input, String name) {
        String workflow = "{\"1\": {\"class_type\": \"%s\", \"inputs\": {\"%s\": %s}}}".formatted(node, input, name);
        return new Case(
                problem,
                honest(),
                (fields, commands) -> {
                    fields.addProperty("model_cache_limit", "1KB");
                    String once = file(commands, "once.safetensors", "x".repeat(2_000));
                    String twice = file(commands, "twice.safetensors", "xx");
                    file(commands, "workflow.json", workflow);
                    commands.run("push", once, twice, "--to", "one/").isOk();
                    String changed = file(commands, "twice.safetensors", "not the same");
                    commands.run("push", changed, "--to", "other/").isOk();
                },
                "models",
                "pull",
                "HOME/workflow.json",
                "--models",
                "HOME/models");
    }

    @Test
    void eachIsToldByItsCode() throws Exception {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Map<Case, Future<Commands.Result>> runs =
                    cases().collect(Collectors.toMap(one -> one, one -> threads.submit(() -> run(one))));
            SoftAssertions all = new SoftAssertions();
            for (var run : runs.entrySet()) {
                Commands.Result result = run.getValue().get();
                all.assertThat(result.out() + result.err())
                        .as("%s by %s", run.getKey().problem(), run.getKey().args())
                        .contains("\"code\":\"" + run.getKey().problem().code() + "\"")
                        .doesNotContain(Commands.SECRET, "\tat ");
            }
            all.assertAll();
        }
    }

    @Test
    void noneIsLeftOut() throws IOException {
        for (var elsewhere : ELSEWHERE.entrySet()) {
            String file = elsewhere.getValue();
            String test = Files.readString(REPOSITORY.resolve(file));
            String sought =
                    TEXTS.getOrDefault(elsewhere.getKey(), elsewhere.getKey().code());
            assertThat(test).as("%s provokes %s", file, sought).containsIgnoringCase(sought);
            assertThat(file.contains("/comfybucket/node/")
                            || BY_A_NODE_OR_COMMAND.matcher(test).find())
                    .as("%s goes through a node or a command", file)
                    .isTrue();
        }
        Set<Problem> provoked = EnumSet.copyOf(ELSEWHERE.keySet());
        cases().map(Case::problem).forEach(provoked::add);
        assertThat(provoked).containsAll(EnumSet.complementOf(EnumSet.of(UNPROVOKABLE)));
    }

    private Commands.Result run(Case one) throws IOException {
        Path own = Files.createDirectories(home.resolve(one.problem().code()));
        Path small = Files.writeString(own.resolve("small"), "small");
        Path big = own.resolve("big");
        try (RandomAccessFile sparse = new RandomAccessFile(big.toFile(), "rw")) {
            sparse.setLength(40 * MEGABYTE);
        }
        Commands commands = new Commands(own);
        AtomicBoolean ready = new AtomicBoolean();
        UnaryOperator<Handler> front = inner -> {
            Handler odd = one.front().apply(inner);
            return request -> (ready.get() ? odd : inner).handle(request);
        };
        try (LocalStore store =
                LocalStore.open(own.resolve("store"), StoreOptions.defaults().withFront(front))) {
            JsonObject fields = commands.remote(store);
            commands.profile("other", fields);
            commands.with("COMFY_S3_PROFILE", "other");
            Path there = Files.writeString(own.resolve("there.txt"), "there");
            commands.run("push", small.toString(), there.toString()).isOk();
            Files.delete(there);
            one.edit().accept(fields, commands);
            commands.profile("other", fields);
            ready.set(true);
            List<String> args = one.args().stream()
                    .map(arg -> arg.replace("FILE", small.toString())
                            .replace("BIG", big.toString())
                            .replace("HOME", own.toString()))
                    .collect(Collectors.toList());
            args.add("--json");
            return commands.run(args.toArray(String[]::new));
        }
    }

    private static void overTls(JsonObject fields) {
        fields.addProperty(
                "endpoint_url", fields.get("endpoint_url").getAsString().replace("http:", "https:"));
    }

    private static UnaryOperator<Handler> honest() {
        return UnaryOperator.identity();
    }

    private static Case front(Problem problem, UnaryOperator<Handler> front, String... args) {
        return new Case(problem, front, (fields, commands) -> {}, args);
    }

    private static Case answer(Problem problem, int status, String code, String... args) {
        return answer(problem, request -> true, status, code, args);
    }

    private static Case answer(Problem problem, Predicate<Request> to, int status, String code, String... args) {
        return front(problem, refusing(to, status, code), args);
    }

    /** A field of the profile that is not there, or says something else. */
    private static Case set(Problem problem, String field, String value) {
        return new Case(
                problem,
                honest(),
                (fields, commands) -> {
                    fields.remove(field);
                    if (value != null) {
                        fields.add(field, new JsonPrimitive(value));
                    }
                },
                "ls");
    }

    /** A variable of the environment, without any profile. */
    private static Case env(Problem problem, String variable, String value) {
        return new Case(
                problem,
                honest(),
                (fields, commands) -> commands.without("COMFY_S3_PROFILE")
                        .with("COMFY_S3_ACCESS_KEY", "key")
                        .with("COMFY_S3_SECRET_KEY", Commands.SECRET)
                        .with("COMFY_S3_BUCKET", "bucket")
                        .with(variable, value),
                "ls");
    }

    private static UnaryOperator<Handler> refusing(Predicate<Request> which, int status, String code) {
        String xml = code.isEmpty() ? "" : "<Error><Code>" + code + "</Code><Message>no</Message></Error>";
        return inner -> request -> {
            if (!which.test(request)) {
                return inner.handle(request);
            }
            boolean bare = request.method().equals("HEAD");
            return new Response(
                    status,
                    Map.of("Content-Type", "application/xml"),
                    bare ? Body.NONE : new Body.Bytes(xml.getBytes(StandardCharsets.UTF_8)));
        };
    }

    private static String file(Commands commands, String text) {
        return file(commands, "other.json", text);
    }

    private static String file(Commands commands, String name, String text) {
        try {
            return Files.writeString(commands.home.resolve(name), text).toString();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static Response text(String text) {
        return new Response(
                200, Map.of("Content-Type", "application/xml"), new Body.Bytes(text.getBytes(StandardCharsets.UTF_8)));
    }

    private static void silence() throws IOException {
        try {
            Thread.sleep(Duration.ofMinutes(2));
        } catch (InterruptedException closed) {
            throw new IOException(closed);
        }
    }

    private static void grow(Path file) {
        try {
            Files.write(file, new byte[1], StandardOpenOption.APPEND);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
