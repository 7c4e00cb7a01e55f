package comfybucket.storage.s3;

import comfybucket.error.CloudException;
import comfybucket.storage.ETag;
import comfybucket.storage.ObjectInfo;
import comfybucket.storage.ObjectKey;
import comfybucket.storage.Payload;
import comfybucket.storage.PutOptions;
import comfybucket.storage.PutResult;
import comfybucket.storage.WriteMark;
import comfybucket.storage.WriteMode;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CopyObjectRequest;
import software.amazon.awssdk.services.s3.model.CopyObjectResult;
import software.amazon.awssdk.services.s3.model.DeleteObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;

/** PutObject, CopyObject and DeleteObject. */
final class Writing {
    private final S3Connection connection;
    private final Support support;
    private final Supplier<S3Client> client;
    private final Requests requests;
    private final Reading reading;

    Writing(S3Connection connection, Support support, Supplier<S3Client> client, Requests requests, Reading reading) {
        this.connection = connection;
        this.support = support;
        this.client = client;
        this.requests = requests;
        this.reading = reading;
    }

    PutResult put(ObjectKey key, Payload payload, PutOptions options) {
        support.require(options, key);
        BodyHash hash = BodyHash.of(payload);
        WriteMark mark = options.mark().orElseGet(WriteMark::fresh);
        PutObjectRequest request = request(key, options, hash, mark);
        RequestBody body = RequestBody.fromContentProvider(
                () -> PayloadException.open(payload), payload.length(), options.contentType());
        Action action = new Action(Operation.PUT_OBJECT, connection.uri(key), Optional.of(hash));
        Optional<PutResult> result = requests.run(action, (number, exchange) -> {
            try {
                ETag etag = ETags.parse(client.get().putObject(request, body).eTag());
                return Optional.of(new PutResult.Stored(etag));
            } catch (AwsServiceException e) {
                if (options.mode() == WriteMode.REPLACE || e.statusCode() != 412) {
                    throw e;
                }
                // Only after a try whose answer got lost can the object that is in the way be our own.
                return number == 1 && !mark.again() ? Optional.of(new PutResult.Exists()) : Optional.empty();
            }
        });
        return result.orElseGet(() -> ownOrOther(key, mark));
    }

    /** What a create-only write has come to that found the key taken when it was tried again. */
    private PutResult ownOrOther(ObjectKey key, WriteMark mark) {
        try {
            ObjectInfo there = reading.head(key);
            return mark.isOn(there) ? new PutResult.Stored(there.etag()) : new PutResult.Exists();
        } catch (CloudException e) {
            return switch (e.problem()) {
                // Who may write and not read never learns it; taking it for another's object loses nothing.
                case ACCESS_DENIED, OBJECT_DENIED_OR_MISSING, OBJECT_NOT_FOUND -> new PutResult.Exists();
                default -> throw e;
            };
        }
    }

    private PutObjectRequest request(ObjectKey key, PutOptions options, BodyHash hash, WriteMark mark) {
        Map<String, String> metadata = new HashMap<>(options.metadata());
        metadata.put(BodyHash.METADATA, hash.hex());
        if (options.mode() == WriteMode.CREATE_ONLY || options.mark().isPresent()) {
            metadata.put(WriteMark.METADATA, mark.nonce());
        }
        PutObjectRequest.Builder request = PutObjectRequest.builder()
                .bucket(connection.bucket())
                .key(key.value())
                .contentType(options.contentType())
                .metadata(metadata)
                .tagging(Tags.header(options.tags()))
                .cacheControl(options.cacheControl().orElse(null))
                .storageClass(options.storageClass().orElse(null))
                .overrideConfiguration(configuration -> support.ask(options.mode(), configuration));
        options.encryption()
                .ifPresent(encryption -> request.serverSideEncryption(encryption.algorithm())
                        .ssekmsKeyId(encryption.kmsKeyId().orElse(null)));
        return request.build();
    }

    ETag copy(ObjectKey from, ObjectKey to) {
        CopyObjectRequest request = CopyObjectRequest.builder()
                .sourceBucket(connection.bucket())
                .sourceKey(from.value())
                .destinationBucket(connection.bucket())
                .destinationKey(to.value())
                .build();
        return requests.run(new Action(Operation.COPY_OBJECT, connection.uri(from)), (number, exchange) -> {
            CopyObjectResult result = client.get().copyObject(request).copyObjectResult();
            return ETags.parse(
                    BadReplyException.require(result, "CopyObjectResult").eTag());
        });
    }

    void delete(ObjectKey key) {
        DeleteObjectRequest request = DeleteObjectRequest.builder()
                .bucket(connection.bucket())
                .key(key.value())
                .build();
        requests.run(new Action(Operation.DELETE_OBJECT, connection.uri(key)), (number, exchange) -> {
            try {
                return BadReplyException.requireSilent(
                        client.get().deleteObject(request).sdkHttpResponse());
            } catch (AwsServiceException e) {
                if (Failures.code(e).equals("NoSuchKey")) {
                    return e.awsErrorDetails().sdkHttpResponse();
                }
                throw e;
            }
        });
    }
}
