package comfybucket.storage.s3;

import comfybucket.provider.Quirk;
import comfybucket.storage.Capabilities;
import comfybucket.storage.ETag;
import comfybucket.storage.GetOptions;
import comfybucket.storage.LinkAnswer;
import comfybucket.storage.ListPage;
import comfybucket.storage.ListRequest;
import comfybucket.storage.MultipartUploads;
import comfybucket.storage.ObjectContent;
import comfybucket.storage.ObjectInfo;
import comfybucket.storage.ObjectKey;
import comfybucket.storage.ObjectStore;
import comfybucket.storage.Payload;
import comfybucket.storage.PresignOptions;
import comfybucket.storage.PutOptions;
import comfybucket.storage.PutResult;
import java.net.URI;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ThreadLocalRandom;
import java.util.random.RandomGenerator;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.services.s3.S3Client;

/** A bucket of an S3 store. */
public final class S3Store implements ObjectStore {
    /** At once, to a store that takes few. */
    private static final int FEW_WRITES = 4;

    private final S3Connection connection;
    private final Lazy<AwsCredentialsProvider> credentials;
    private final Lazy<S3Client> client;
    private final Requests requests;
    private final Support support;
    private final Reading reading;
    private final Writing writing;
    private final Listing listing;
    private final Multipart multipart;
    private final Presigner presigner;
    private final Links links;

    /** Opens no connection yet, and does no work that can wait for the first request. */
    public static S3Store open(S3Connection connection) {
        return open(connection, Doubts.NONE);
    }

    /** The same for a store some of whose quirks have to show. */
    public static S3Store open(S3Connection connection, Doubts doubts) {
        Timeouts timeouts = Timeouts.STANDARD;
        RetryPolicy policy = RetryPolicy.standard(timeouts.patience(), connection.has(Quirk.LOW_WRITE_LIMITS));
        HttpLayer http = new StoreHttp(ProxySettings.ofThisProcess());
        return new S3Store(
                connection,
                doubts,
                http,
                timeouts,
                policy,
                () -> ThreadLocalRandom.current().nextLong());
    }

    S3Store(S3Connection connection, HttpLayer http, Timeouts timeouts, RetryPolicy policy, RandomGenerator random) {
        this(connection, Doubts.NONE, http, timeouts, policy, random);
    }

    S3Store(
            S3Connection connection,
            Doubts doubts,
            HttpLayer http,
            Timeouts timeouts,
            RetryPolicy policy,
            RandomGenerator random) {
        this.connection = connection;
        Traits traits = doubts.open().isEmpty() ? Traits.of(connection.quirks()) : traits(doubts);
        AddressStyle style = new AddressStyle(
                connection,
                traits,
                () -> new S3Store(connection.withPathStyle(true), Doubts.NONE, http, timeouts, policy, random),
                () -> new S3Store(connection.withPathStyle(false), Doubts.NONE, http, timeouts, policy.once(), random));
        boolean styleIsOpen = doubts.open().contains(Quirk.VIRTUAL_HOST_STYLE);
        Lazy<BucketEndpoint> endpoint = new Lazy<>(() -> new BucketEndpoint(styleIsOpen ? style.found() : connection));
        this.credentials = new Lazy<>(() -> Clients.credentials(connection, () -> http.open(connection, timeouts)));
        this.client = new Lazy<>(() -> {
            SdkHttpClient layer = http.open(connection, timeouts);
            return Clients.open(connection, endpoint.get(), credentials.get(), layer);
        });
        this.requests = new Requests(
                connection.concurrency(),
                connection.has(Quirk.LOW_WRITE_LIMITS)
                        ? Math.min(FEW_WRITES, connection.concurrency())
                        : connection.concurrency(),
                timeouts,
                policy,
                new Translator(connection, http.proxies()),
                random);
        this.support = new Support(connection, traits);
        this.reading = new Reading(connection, traits, client, requests);
        this.writing = new Writing(connection, support, client, requests, reading);
        this.listing = new Listing(connection, traits, support, client, requests);
        this.multipart = new Multipart(connection, support, client, requests, reading);
        this.presigner = new Presigner(connection, endpoint, credentials);
        this.links = new Links(connection, http, timeouts, policy, random);
    }

    /** The same store over the same connections, taken to have certain quirks. */
    private S3Store(S3Store same, Traits traits) {
        this.connection = same.connection;
        this.credentials = same.credentials;
        this.client = same.client;
        this.requests = same.requests;
        this.support = new Support(connection, traits);
        this.reading = new Reading(connection, traits, client, requests);
        this.writing = new Writing(connection, support, client, requests, reading);
        this.listing = new Listing(connection, traits, support, client, requests);
        this.multipart = new Multipart(connection, support, client, requests, reading);
        this.presigner = same.presigner;
        this.links = same.links;
    }

    private Traits traits(Doubts doubts) {
        Experiments experiments = new Experiments(
                doubts.ground(),
                quirks -> new S3Store(this, Traits.of(quirks)),
                doubts.findings().clock());
        return new OpenTraits(
                connection.quirks(), doubts.open(), doubts.findings(), StoreIdentity.of(connection), experiments);
    }

    @Override
    public ObjectInfo head(ObjectKey key) {
        return reading.head(key);
    }

    @Override
    public ObjectContent get(ObjectKey key, GetOptions options) {
        return reading.get(key, options);
    }

    @Override
    public OptionalLong partSize(ObjectInfo object) {
        return reading.partSize(object);
    }

    @Override
    public PutResult put(ObjectKey key, Payload payload, PutOptions options) {
        return writing.put(key, payload, options);
    }

    @Override
    public Iterable<ListPage> list(ListRequest request) {
        return listing.list(request);
    }

    @Override
    public void delete(ObjectKey key) {
        writing.delete(key);
    }

    @Override
    public ETag copy(ObjectKey from, ObjectKey to) {
        return writing.copy(from, to);
    }

    @Override
    public URI presignGet(ObjectKey key, PresignOptions options) {
        return presigner.get(key, options);
    }

    @Override
    public LinkAnswer follow(URI link, int limit) {
        return links.follow(link, limit);
    }

    @Override
    public void checkBucket() {
        reading.checkBucket();
    }

    @Override
    public Capabilities capabilities() {
        return support;
    }

    /** What tags an object has; needs the right to ask for them. */
    Map<String, String> tags(ObjectKey key) {
        return reading.tags(key);
    }

    @Override
    public MultipartUploads multipart() {
        return multipart;
    }

    @Override
    public void close() {
        client.close();
        credentials.close();
    }
}
