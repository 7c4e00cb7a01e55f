package comfybucket.storage.s3;

import comfybucket.error.CloudException;
import comfybucket.error.Problem;
import comfybucket.storage.ETag;
import comfybucket.storage.KeyPrefix;
import comfybucket.storage.MultipartUpload;
import comfybucket.storage.MultipartUploads;
import comfybucket.storage.ObjectInfo;
import comfybucket.storage.ObjectKey;
import comfybucket.storage.Part;
import comfybucket.storage.Payload;
import comfybucket.storage.PutOptions;
import comfybucket.storage.PutResult;
import comfybucket.storage.WriteMark;
import comfybucket.storage.WriteMode;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.AbortMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.UploadPartRequest;

/** The operations of multipart uploads. */
final class Multipart implements MultipartUploads {
    private final S3Connection connection;
    private final Support support;
    private final Supplier<S3Client> client;
    private final Requests requests;
    private final Reading reading;
    private final MultipartLists lists;

    Multipart(S3Connection connection, Support support, Supplier<S3Client> client, Requests requests, Reading reading) {
        this.connection = connection;
        this.support = support;
        this.client = client;
        this.requests = requests;
        this.reading = reading;
        this.lists = new MultipartLists(connection, support, client, requests);
    }

    @Override
    public MultipartUpload create(ObjectKey key, PutOptions options) {
        support.require(options.withMode(WriteMode.REPLACE), key);
        WriteMark mark = options.mark().orElseGet(WriteMark::fresh);
        Map<String, String> metadata = new HashMap<>(options.metadata());
        metadata.put(WriteMark.METADATA, mark.nonce());
        CreateMultipartUploadRequest.Builder request = CreateMultipartUploadRequest.builder()
                .bucket(connection.bucket())
                .key(key.value())
                .contentType(options.contentType())
                .metadata(metadata)
                .tagging(Tags.header(options.tags()))
                .cacheControl(options.cacheControl().orElse(null))
                .storageClass(options.storageClass().orElse(null));
        options.encryption()
                .ifPresent(encryption -> request.serverSideEncryption(encryption.algorithm())
                        .ssekmsKeyId(encryption.kmsKeyId().orElse(null)));
        String id = requests.run(
                action(Operation.CREATE_MULTIPART_UPLOAD, key),
                (number, exchange) -> BadReplyException.requireText(
                        client.get().createMultipartUpload(request.build()).uploadId(), "UploadId"));
        return new MultipartUpload(key, id, Instant.now(), Optional.of(mark.nonce()));
    }

    @Override
    public Part upload(MultipartUpload upload, int number, Payload payload) {
        BodyHash hash = BodyHash.of(payload);
        UploadPartRequest request = UploadPartRequest.builder()
                .bucket(connection.bucket())
                .key(upload.key().value())
                .uploadId(upload.id())
                .partNumber(number)
                .build();
        RequestBody body = RequestBody.fromContentProvider(
                () -> PayloadException.open(payload), payload.length(), "application/octet-stream");
        Action action = new Action(Operation.UPLOAD_PART, connection.uri(upload.key()), Optional.of(hash));
        ETag etag = requests.run(
                action,
                (attempt, exchange) ->
                        ETags.parse(client.get().uploadPart(request, body).eTag()));
        return new Part(number, payload.length(), etag);
    }

    @Override
    public PutResult complete(MultipartUpload upload, List<Part> parts, WriteMode mode) {
        support.requireInParts(mode, upload.key());
        CompleteMultipartUploadRequest request = CompleteMultipartUploadRequest.builder()
                .bucket(connection.bucket())
                .key(upload.key().value())
                .uploadId(upload.id())
                .multipartUpload(completed -> completed.parts(parts.stream()
                        .map(part -> CompletedPart.builder()
                                .partNumber(part.number())
                                .eTag(ETags.quoted(part.etag()))
                                .build())
                        .toList()))
                .overrideConfiguration(configuration -> support.ask(mode, configuration))
                .build();
        Completion completion =
                requests.run(action(Operation.COMPLETE_MULTIPART_UPLOAD, upload.key()), (number, exchange) -> {
                    try {
                        String etag =
                                client.get().completeMultipartUpload(request).eTag();
                        return new Completion.Done(ETags.parse(etag));
                    } catch (AwsServiceException e) {
                        return unfinished(e, mode);
                    }
                });
        return switch (completion) {
            case Completion.Done(ETag etag) -> new PutResult.Stored(etag);
            case Completion.Taken() -> ours(upload).orElse(new PutResult.Exists());
            case Completion.Gone() -> ours(upload).orElseThrow(() -> gone(upload));
        };
    }

    /** How a request to complete an upload can be answered. */
    private sealed interface Completion {
        record Done(ETag etag) implements Completion {}

        /** Another object has the key; or this one, if an earlier answer got lost. */
        record Taken() implements Completion {}

        /** There is no such upload; or no longer, if an earlier answer got lost. */
        record Gone() implements Completion {}
    }

    private static Completion unfinished(AwsServiceException answer, WriteMode mode) {
        if (isGone(answer)) {
            return new Completion.Gone();
        }
        if (mode == WriteMode.CREATE_ONLY && answer.statusCode() == 412) {
            return new Completion.Taken();
        }
        throw answer;
    }

    /** The object under the upload's key, if it is what the upload has become. */
    private Optional<PutResult> ours(MultipartUpload upload) {
        try {
            ObjectInfo there = reading.head(upload.key());
            boolean marked = upload.nonce()
                    .map(nonce -> new WriteMark(nonce, true))
                    .filter(mark -> mark.isOn(there))
                    .isPresent();
            return marked ? Optional.of(new PutResult.Stored(there.etag())) : Optional.empty();
        } catch (CloudException e) {
            if (e.problem() == Problem.OBJECT_NOT_FOUND) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private static boolean isGone(AwsServiceException answer) {
        return Failures.code(answer).equals("NoSuchUpload");
    }

    private CloudException gone(MultipartUpload upload) {
        return new CloudException(Problem.UPLOAD_GONE, Map.of("uri", connection.uri(upload.key())));
    }

    @Override
    public void abort(MultipartUpload upload) {
        AbortMultipartUploadRequest request = AbortMultipartUploadRequest.builder()
                .bucket(connection.bucket())
                .key(upload.key().value())
                .uploadId(upload.id())
                .build();
        requests.run(action(Operation.ABORT_MULTIPART_UPLOAD, upload.key()), (number, exchange) -> {
            try {
                return BadReplyException.requireSilent(
                        client.get().abortMultipartUpload(request).sdkHttpResponse());
            } catch (AwsServiceException e) {
                if (isGone(e)) {
                    return e.awsErrorDetails().sdkHttpResponse();
                }
                throw e;
            }
        });
    }

    @Override
    public Iterable<Part> parts(MultipartUpload upload) {
        return lists.parts(upload);
    }

    @Override
    public Iterable<MultipartUpload> open(KeyPrefix prefix) {
        return lists.uploads(prefix);
    }

    private Action action(Operation operation, ObjectKey key) {
        return new Action(operation, connection.uri(key));
    }
}
