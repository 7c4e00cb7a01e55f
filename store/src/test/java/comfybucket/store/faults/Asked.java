package comfybucket.store.faults;

import java.util.Locale;
import java.util.Random;

/**
 * One request, as far as a plan decides by it.
 *
 * @param operation S3's name for what is asked, such as {@code PutObject}
 * @param target path and query as the client sent them
 * @param number how many requests of this operation came before
 */
public record Asked(String operation, String method, String target, long number) {
    /** What is asked of S3. */
    static String operation(Head request) {
        String method = request.word(0);
        String target = request.word(1);
        int mark = target.indexOf('?');
        String path = mark < 0 ? target : target.substring(0, mark);
        String query = mark < 0 ? "" : "&" + target.substring(mark + 1).toLowerCase(Locale.ROOT);
        boolean object = path.indexOf('/', 1) > 0 && path.indexOf('/', 1) < path.length() - 1;
        boolean copy = request.value("x-amz-copy-source").isPresent();
        return object ? onObject(method, query, copy) : onBucket(method, query);
    }

    /** Chance that belongs to this request, however it mixes with those of other operations. */
    Random random(long seed) {
        return Seed.random(seed, operation.hashCode() * 1_000_003L + number);
    }

    private static String onBucket(String method, String query) {
        return switch (method) {
            case "GET" -> query.contains("&uploads") ? "ListMultipartUploads" : "ListObjects";
            case "HEAD" -> "HeadBucket";
            case "POST" -> "DeleteObjects";
            default -> "OtherOfBucket";
        };
    }

    private static String onObject(String method, String query, boolean copy) {
        boolean upload = query.contains("&uploadid=");
        return switch (method) {
            case "HEAD" -> "HeadObject";
            case "GET" -> query.contains("&tagging") ? "GetObjectTagging" : upload ? "ListParts" : "GetObject";
            case "PUT" -> query.contains("&tagging") ? "PutObjectTagging" : put(upload, copy);
            case "POST" -> upload ? "CompleteMultipartUpload" : "CreateMultipartUpload";
            case "DELETE" -> upload ? "AbortMultipartUpload" : "DeleteObject";
            default -> "OtherOfObject";
        };
    }

    private static String put(boolean upload, boolean copy) {
        return upload ? "UploadPart" : copy ? "CopyObject" : "PutObject";
    }
}
