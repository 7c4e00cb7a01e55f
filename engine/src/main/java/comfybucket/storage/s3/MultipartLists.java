package comfybucket.storage.s3;

import comfybucket.error.CloudException;
import comfybucket.error.Problem;
import comfybucket.storage.KeyPrefix;
import comfybucket.storage.MultipartUpload;
import comfybucket.storage.Part;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.function.Supplier;
import java.util.stream.StreamSupport;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ListMultipartUploadsRequest;
import software.amazon.awssdk.services.s3.model.ListMultipartUploadsResponse;
import software.amazon.awssdk.services.s3.model.ListPartsRequest;
import software.amazon.awssdk.services.s3.model.ListPartsResponse;

/** ListParts and ListMultipartUploads. */
final class MultipartLists {
    private final S3Connection connection;
    private final Support support;
    private final Supplier<S3Client> client;
    private final Requests requests;

    MultipartLists(S3Connection connection, Support support, Supplier<S3Client> client, Requests requests) {
        this.connection = connection;
        this.support = support;
        this.client = client;
        this.requests = requests;
    }

    Iterable<Part> parts(MultipartUpload upload) {
        String uri = connection.uri(upload.key());
        Action action = new Action(Operation.LIST_PARTS, uri);
        Pages.Source<List<Part>, Integer> source =
                mark -> requests.run(action, (number, exchange) -> parts(upload, mark));
        return () -> items(new Pages<>(source, endless(uri)));
    }

    private Pages.Page<List<Part>, Integer> parts(MultipartUpload upload, Optional<Integer> mark) {
        ListPartsResponse answer = client.get()
                .listParts(ListPartsRequest.builder()
                        .bucket(connection.bucket())
                        .key(upload.key().value())
                        .uploadId(upload.id())
                        .partNumberMarker(mark.orElse(null))
                        .build());
        List<Part> parts = answer.parts().stream()
                .map(part -> BadReplyException.sensible(() -> new Part(
                        BadReplyException.require(part.partNumber(), "PartNumber"),
                        BadReplyException.require(part.size(), "Size"),
                        ETags.parse(part.eTag()))))
                .toList();
        boolean more = BadReplyException.require(answer.isTruncated(), "IsTruncated");
        Optional<Integer> next = more
                ? Optional.of(BadReplyException.require(answer.nextPartNumberMarker(), "NextPartNumberMarker"))
                : Optional.empty();
        return new Pages.Page<>(parts, parts.stream().findFirst().map(part -> "" + part.number()), next);
    }

    /** Where the next page of uploads begins. */
    private record Mark(String key, String id) {}

    Iterable<MultipartUpload> uploads(KeyPrefix prefix) {
        String uri = "s3://" + connection.bucket() + "/" + prefix.value();
        Action action = new Action(Operation.LIST_MULTIPART_UPLOADS, uri);
        Pages.Source<List<MultipartUpload>, Mark> source =
                mark -> requests.run(action, (number, exchange) -> uploads(prefix, mark));
        return () -> items(new Pages<>(source, endless(uri)));
    }

    private Pages.Page<List<MultipartUpload>, Mark> uploads(KeyPrefix prefix, Optional<Mark> mark) {
        ListMultipartUploadsResponse answer = BadReplyException.decoded(() -> client.get()
                .listMultipartUploads(ListMultipartUploadsRequest.builder()
                        .bucket(connection.bucket())
                        .prefix(prefix.value().isEmpty() ? null : prefix.value())
                        .keyMarker(mark.map(Mark::key).orElse(null))
                        .uploadIdMarker(mark.map(Mark::id).orElse(null))
                        .encodingType(support.listEncoding())
                        .build()));
        List<MultipartUpload> uploads = answer.uploads().stream()
                .map(upload -> new MultipartUpload(
                        BadReplyException.key(upload.key()),
                        BadReplyException.requireText(upload.uploadId(), "UploadId"),
                        BadReplyException.require(upload.initiated(), "Initiated"),
                        Optional.empty()))
                .toList();
        boolean more = BadReplyException.require(answer.isTruncated(), "IsTruncated");
        Optional<Mark> next = more
                ? Optional.of(new Mark(
                        BadReplyException.require(answer.nextKeyMarker(), "NextKeyMarker"),
                        BadReplyException.require(answer.nextUploadIdMarker(), "NextUploadIdMarker")))
                : Optional.empty();
        return new Pages.Page<>(
                uploads, uploads.stream().findFirst().map(upload -> upload.key() + "\n" + upload.id()), next);
    }

    private Supplier<CloudException> endless(String uri) {
        Map<String, String> values = Map.of("endpoint", connection.endpoint().toString(), "uri", uri);
        return () -> new CloudException(Problem.LISTING_ENDLESS, values);
    }

    /** One after another what the pages hold, a page at a time. */
    private static <T, M> Iterator<T> items(Pages<List<T>, M> pages) {
        return StreamSupport.stream(Spliterators.spliteratorUnknownSize(pages, Spliterator.ORDERED), false)
                .flatMap(List::stream)
                .iterator();
    }
}
