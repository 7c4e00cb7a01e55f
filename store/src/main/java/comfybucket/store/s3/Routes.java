package comfybucket.store.s3;

import java.util.Set;

/** Which operation a request asks for, by its method and the parameters that S3 calls subresources. */
final class Routes {
    /** Subresources that exist in S3 and not here: asking for them must not be taken for asking for the object. */
    private static final Set<String> ELSEWHERE = Set.of(
            "accelerate",
            "acl",
            "analytics",
            "attributes",
            "cors",
            "encryption",
            "intelligent-tiering",
            "inventory",
            "legal-hold",
            "lifecycle",
            "logging",
            "metrics",
            "notification",
            "object-lock",
            "ownershipControls",
            "policy",
            "policyStatus",
            "publicAccessBlock",
            "replication",
            "requestPayment",
            "restore",
            "retention",
            "select",
            "torrent",
            "versions",
            "website");

    private Routes() {}

    static Operation operation(Call call) {
        for (String subresource : ELSEWHERE) {
            if (call.query().has(subresource)) {
                throw new S3Exception(ErrorCode.NotImplemented, "Not implemented here: ?" + subresource);
            }
        }
        call.query().get("versionId").filter(id -> !id.equals("null")).ifPresent(id -> {
            throw new S3Exception(ErrorCode.NoSuchVersion);
        });
        if (call.bucket().isEmpty()) {
            return onService(call);
        }
        return call.key().isEmpty() ? onBucket(call) : onObject(call);
    }

    private static Operation onService(Call call) {
        if (call.request().method().equals("GET") && call.key().isEmpty()) {
            return new ListBuckets();
        }
        throw new S3Exception(ErrorCode.MethodNotAllowed);
    }

    private static Operation onBucket(Call call) {
        return switch (call.request().method()) {
            case "GET" -> {
                if (call.query().has("location")) {
                    yield new GetBucketLocation();
                }
                if (call.query().has("versioning")) {
                    yield new GetBucketVersioning();
                }
                if (call.query().has("uploads")) {
                    yield new ListMultipartUploads();
                }
                refuseTagging(call);
                yield call.query().get("list-type").orElse("").equals("2") ? new ListObjectsV2() : new ListObjectsV1();
            }
            case "HEAD" -> new HeadBucket();
            case "PUT" -> {
                if (call.query().has("versioning")) {
                    throw new S3Exception(ErrorCode.NotImplemented, "Objects have no versions here.");
                }
                refuseTagging(call);
                yield new CreateBucket();
            }
            case "DELETE" -> {
                refuseTagging(call);
                yield new DeleteBucket();
            }
            case "POST" -> {
                if (call.query().has("delete")) {
                    yield new DeleteObjects();
                }
                throw new S3Exception(ErrorCode.NotImplemented, "Uploads by HTML form are not implemented here.");
            }
            default -> throw new S3Exception(ErrorCode.MethodNotAllowed);
        };
    }

    private static void refuseTagging(Call call) {
        if (call.query().has("tagging")) {
            throw new S3Exception(ErrorCode.NotImplemented, "Buckets have no tags here.");
        }
    }

    private static Operation onObject(Call call) {
        boolean tagging = call.query().has("tagging");
        boolean upload = call.query().has("uploadId");
        return switch (call.request().method()) {
            case "GET" -> {
                if (tagging) {
                    yield new GetObjectTagging();
                }
                yield upload ? new ListParts() : new GetObject();
            }
            case "HEAD" -> new GetObject();
            case "PUT" -> onPut(call, tagging, upload);
            case "DELETE" -> {
                if (tagging) {
                    yield new DeleteObjectTagging();
                }
                yield upload ? new AbortMultipartUpload() : new DeleteObject();
            }
            case "POST" -> {
                if (call.query().has("uploads")) {
                    yield new CreateMultipartUpload();
                }
                if (upload) {
                    yield new CompleteMultipartUpload();
                }
                throw new S3Exception(ErrorCode.MethodNotAllowed);
            }
            default -> throw new S3Exception(ErrorCode.MethodNotAllowed);
        };
    }

    private static Operation onPut(Call call, boolean tagging, boolean upload) {
        boolean copy = call.request().headers().has("x-amz-copy-source");
        if (tagging) {
            return new PutObjectTagging();
        }
        if (upload) {
            return copy ? new UploadPartCopy() : new UploadPart();
        }
        return copy ? new CopyObject() : new PutObject();
    }
}
