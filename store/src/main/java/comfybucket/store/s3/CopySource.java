package comfybucket.store.s3;

import comfybucket.store.disk.StoredObject;
import comfybucket.store.sign.Uri;
import java.io.IOException;

/** The object that a copy is made of: {@code [/]bucket/key}, percent-encoded. */
record CopySource(String bucket, String key) {
    static CopySource of(Call call) {
        String header = call.header("x-amz-copy-source").orElseThrow();
        int version = header.indexOf("?versionId=");
        if (version >= 0 && !header.endsWith("=null")) {
            throw new S3Exception(ErrorCode.NoSuchVersion);
        }
        String path = Uri.decode(version < 0 ? header : header.substring(0, version))
                .orElseThrow(() -> new S3Exception(ErrorCode.InvalidArgument, "Invalid copy source encoding."));
        String bare = path.startsWith("/") ? path.substring(1) : path;
        int slash = bare.indexOf('/');
        if (slash < 1 || slash == bare.length() - 1) {
            throw new S3Exception(
                    ErrorCode.InvalidArgument, "Copy Source must mention the source bucket and key: /bucket/key");
        }
        return new CopySource(bare.substring(0, slash), bare.substring(slash + 1));
    }

    /** Opens it, if it is there and meets the conditions. */
    StoredObject open(Call call) throws IOException {
        StoredObject object =
                call.data().objects().open(bucket, key).orElseThrow(() -> new S3Exception(ErrorCode.NoSuchKey));
        ReadConditions.Verdict verdict =
                ReadConditions.verdict(call, "x-amz-copy-source-", object.meta().etag(), object.modified());
        if (verdict != ReadConditions.Verdict.GO_ON) {
            object.close();
            throw new S3Exception(ErrorCode.PreconditionFailed);
        }
        return object;
    }
}
