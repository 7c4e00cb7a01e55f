package comfybucket.storage.s3;

import comfybucket.error.CloudException;
import comfybucket.error.Problem;
import comfybucket.provider.Quirk;
import comfybucket.storage.KeyPrefix;
import comfybucket.storage.ListPage;
import comfybucket.storage.ListRequest;
import comfybucket.storage.ObjectKey;
import comfybucket.storage.ObjectSummary;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CommonPrefix;
import software.amazon.awssdk.services.s3.model.EncodingType;
import software.amazon.awssdk.services.s3.model.ListObjectsRequest;
import software.amazon.awssdk.services.s3.model.ListObjectsResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.S3Object;

/** ListObjectsV2, and ListObjects for stores that have only that. */
final class Listing {
    private static final Comparator<String> ORDER = Comparator.comparing(ObjectKey::new);

    private final S3Connection connection;
    private final Supplier<S3Client> client;
    private final Requests requests;

    Listing(S3Connection connection, Supplier<S3Client> client, Requests requests) {
        this.connection = connection;
        this.client = client;
        this.requests = requests;
    }

    Iterable<ListPage> list(ListRequest request) {
        String uri = "s3://" + connection.bucket() + "/" + request.prefix().value();
        Action action = new Action(Operation.LIST_OBJECTS, uri);
        Pages.Source<ListPage, String> source = connection.has(Quirk.LIST_V1)
                ? mark -> requests.run(action, (number, exchange) -> v1(request, mark))
                : mark -> requests.run(action, (number, exchange) -> v2(request, mark));
        Map<String, String> values = Map.of("endpoint", connection.endpoint().toString(), "uri", uri);
        return () -> new Pages<>(source, () -> new CloudException(Problem.LISTING_ENDLESS, values));
    }

    private Pages.Page<ListPage, String> v2(ListRequest request, Optional<String> token) {
        ListObjectsV2Response answer = BadReplyException.decoded(() -> client.get()
                .listObjectsV2(ListObjectsV2Request.builder()
                        .bucket(connection.bucket())
                        .prefix(nullIfEmpty(request.prefix().value()))
                        .delimiter(request.delimiter().orElse(null))
                        .startAfter(
                                token.isPresent() ? null : request.startAfter().orElse(null))
                        .continuationToken(token.orElse(null))
                        .maxKeys(request.pageSize())
                        .encodingType(encoding(connection))
                        .build()));
        ListPage page = page(request, answer.contents(), answer.commonPrefixes());
        boolean more = BadReplyException.require(answer.isTruncated(), "IsTruncated");
        Optional<String> next = more
                ? Optional.of(BadReplyException.require(answer.nextContinuationToken(), "NextContinuationToken"))
                : Optional.empty();
        return new Pages.Page<>(page, first(page), next);
    }

    private Pages.Page<ListPage, String> v1(ListRequest request, Optional<String> marker) {
        ListObjectsResponse answer = BadReplyException.decoded(() -> client.get()
                .listObjects(ListObjectsRequest.builder()
                        .bucket(connection.bucket())
                        .prefix(nullIfEmpty(request.prefix().value()))
                        .delimiter(request.delimiter().orElse(null))
                        .marker(marker.or(request::startAfter).orElse(null))
                        .maxKeys(request.pageSize())
                        .encodingType(encoding(connection))
                        .build()));
        ListPage page = page(request, answer.contents(), answer.commonPrefixes());
        boolean more = BadReplyException.require(answer.isTruncated(), "IsTruncated");
        // NextMarker is only promised with a delimiter; without, the last name is the mark.
        Optional<String> next = more
                ? Optional.ofNullable(answer.nextMarker())
                        .filter(mark -> !mark.isEmpty())
                        .or(() -> last(page))
                : Optional.empty();
        return new Pages.Page<>(page, first(page), next);
    }

    private ListPage page(ListRequest request, List<S3Object> contents, List<CommonPrefix> prefixes) {
        List<ObjectSummary> objects = contents.stream().map(Listing::summary).toList();
        List<KeyPrefix> folders = prefixes.stream()
                .map(prefix ->
                        new KeyPrefix(BadReplyException.key(prefix.prefix()).value()))
                .toList();
        ListPage page = new ListPage(objects, folders);
        if (!names(page).allMatch(name -> name.startsWith(request.prefix().value()))) {
            throw new BadReplyException("it lists what was not asked for");
        }
        return page;
    }

    private static ObjectSummary summary(S3Object object) {
        return new ObjectSummary(
                BadReplyException.key(object.key()),
                BadReplyException.require(object.size(), "Size"),
                ETags.parse(object.eTag()),
                BadReplyException.require(object.lastModified(), "LastModified"));
    }

    private static Optional<String> first(ListPage page) {
        return names(page).min(ORDER);
    }

    private static Optional<String> last(ListPage page) {
        return names(page).max(ORDER);
    }

    private static Stream<String> names(ListPage page) {
        return Stream.concat(
                page.objects().stream().map(object -> object.key().value()),
                page.folders().stream().map(KeyPrefix::value));
    }

    /** {@code null} for the SDK to leave it out. */
    static EncodingType encoding(S3Connection connection) {
        return connection.has(Quirk.NO_LIST_URL_ENCODING) ? null : EncodingType.URL;
    }

    private static String nullIfEmpty(String text) {
        return text.isEmpty() ? null : text;
    }
}
