package comfybucket.storage.s3;

import comfybucket.error.CloudException;
import comfybucket.error.Problem;
import comfybucket.provider.Quirk;
import comfybucket.storage.KeyPrefix;
import comfybucket.storage.ListPage;
import comfybucket.storage.ListRequest;
import comfybucket.storage.ObjectKey;
import comfybucket.storage.ObjectSummary;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CommonPrefix;
import software.amazon.awssdk.services.s3.model.ListObjectsRequest;
import software.amazon.awssdk.services.s3.model.ListObjectsResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.S3Object;

/** ListObjectsV2, and ListObjects for stores that have only that. */
final class Listing {
    private static final Comparator<String> ORDER = (one, other) -> new ObjectKey(one).compareTo(new ObjectKey(other));

    private final S3Connection connection;
    private final Traits traits;
    private final Support support;
    private final Supplier<S3Client> client;
    private final Requests requests;

    Listing(S3Connection connection, Traits traits, Support support, Supplier<S3Client> client, Requests requests) {
        this.connection = connection;
        this.traits = traits;
        this.support = support;
        this.client = client;
        this.requests = requests;
    }

    /** Where a page begins. */
    private sealed interface Mark {
        /** Where the store says. */
        record Token(String value) implements Mark {}

        /** Behind a name. */
        record After(String name) implements Mark {}
    }

    Iterable<ListPage> list(ListRequest request) {
        String uri = "s3://" + connection.bucket() + "/" + request.prefix().value();
        Action action = new Action(Operation.LIST_OBJECTS, uri);
        Pages.Source<ListPage, Mark> source = mark ->
                fetch(action, request, mark.or(() -> request.startAfter().map(Mark.After::new)));
        Map<String, String> values = Map.of("endpoint", connection.endpoint().toString(), "uri", uri);
        return () -> new Pages<>(source, () -> new CloudException(Problem.LISTING_ENDLESS, values));
    }

    private Pages.Page<ListPage, Mark> fetch(Action action, ListRequest request, Optional<Mark> mark) {
        if (mark.orElse(null) instanceof Mark.Token(String token)) {
            return requests.run(action, (number, exchange) -> v2(request, Optional.of(token), Optional.empty()));
        }
        Optional<String> after = mark.map(Mark.After.class::cast).map(Mark.After::name);
        if (traits.has(Quirk.LIST_V1) && !traits.isOpen(Quirk.LIST_V1)) {
            return requests.run(action, (number, exchange) -> v1(request, after));
        }
        try {
            return requests.run(action, (number, exchange) -> v2(request, Optional.empty(), after));
        } catch (CloudException refused) {
            if (!traits.isOpen(Quirk.LIST_V1) || !Experiments.isRefusal(refused)) {
                throw refused;
            }
            Pages.Page<ListPage, Mark> page = requests.run(action, (number, exchange) -> v1(request, after));
            traits.found(Quirk.LIST_V1, true);
            return page;
        }
    }

    private Pages.Page<ListPage, Mark> v2(ListRequest request, Optional<String> token, Optional<String> after) {
        ListObjectsV2Response answer = BadReplyException.decoded(() -> client.get()
                .listObjectsV2(ListObjectsV2Request.builder()
                        .bucket(connection.bucket())
                        .prefix(nullIfEmpty(request.prefix().value()))
                        .delimiter(request.delimiter().orElse(null))
                        .startAfter(after.orElse(null))
                        .continuationToken(token.orElse(null))
                        .maxKeys(request.pageSize())
                        .encodingType(support.listEncoding())
                        .build()));
        ListPage page = page(request, answer.contents(), answer.commonPrefixes());
        boolean more = BadReplyException.require(answer.isTruncated(), "IsTruncated");
        if (traits.isOpen(Quirk.LIST_V1)) {
            boolean second = answer.nextContinuationToken() != null;
            boolean first = (more && !second) || begins(page, after);
            if (first) {
                traits.found(Quirk.LIST_V1, true);
                return v1(request, after);
            }
            if (second) {
                traits.found(Quirk.LIST_V1, false);
            }
        }
        Optional<Mark> next = more
                ? Optional.of(new Mark.Token(
                        BadReplyException.require(answer.nextContinuationToken(), "NextContinuationToken")))
                : Optional.empty();
        return new Pages.Page<>(page, first(page), next);
    }

    /** Whether a page goes back before where it was to begin, as of a store that does not know StartAfter. */
    private static boolean begins(ListPage page, Optional<String> after) {
        return after.isPresent()
                && first(page)
                        .filter(name -> ORDER.compare(name, after.get()) <= 0)
                        .isPresent();
    }

    private Pages.Page<ListPage, Mark> v1(ListRequest request, Optional<String> after) {
        ListObjectsResponse answer = BadReplyException.decoded(() -> client.get()
                .listObjects(ListObjectsRequest.builder()
                        .bucket(connection.bucket())
                        .prefix(nullIfEmpty(request.prefix().value()))
                        .delimiter(request.delimiter().orElse(null))
                        .marker(after.orElse(null))
                        .maxKeys(request.pageSize())
                        .encodingType(support.listEncoding())
                        .build()));
        ListPage page = page(request, answer.contents(), answer.commonPrefixes());
        boolean more = BadReplyException.require(answer.isTruncated(), "IsTruncated");
        // NextMarker is only promised with a delimiter; without, the last name is the mark.
        Optional<Mark> next = more
                ? Optional.ofNullable(answer.nextMarker())
                        .filter(mark -> !mark.isEmpty())
                        .or(() -> last(page))
                        .map(Mark.After::new)
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
        long size = BadReplyException.require(object.size(), "Size");
        Instant modified = BadReplyException.require(object.lastModified(), "LastModified");
        return BadReplyException.sensible(() -> new ObjectSummary(
                BadReplyException.key(object.key()), size, ETags.ofObject(object.eTag(), size, modified), modified));
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

    private static String nullIfEmpty(String text) {
        return text.isEmpty() ? null : text;
    }
}
