package comfybucket.store.s3;

import comfybucket.store.disk.DataFolder;
import comfybucket.store.disk.RefusedException;
import comfybucket.store.http.Handler;
import comfybucket.store.http.Request;
import comfybucket.store.http.Response;
import comfybucket.store.sign.Credentials;
import comfybucket.store.sign.DeniedException;
import comfybucket.store.sign.PayloadException;
import comfybucket.store.sign.Query;
import comfybucket.store.sign.SignatureCheck;
import comfybucket.store.sign.Uri;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;

/** Answers S3 requests about the buckets of one folder: checks them, runs their operation, and words its errors. */
public final class S3Handler implements Handler {
    private static final int MAX_KEY = 1_024;
    /** A browser that was tricked into thinking that we are some other site (DNS rebinding) sends that site's name. */
    private static final Pattern LOOPBACK =
            Pattern.compile("(127\\.0\\.0\\.1|localhost|\\[::1])(:\\d{1,5})?", Pattern.CASE_INSENSITIVE);

    private static final System.Logger LOG = System.getLogger(S3Handler.class.getName());

    private final DataFolder data;
    private final SignatureCheck signatures;

    public S3Handler(DataFolder data, Credentials credentials, InstantSource clock) {
        this.data = data;
        this.signatures = new SignatureCheck(credentials, clock);
    }

    @Override
    public Response handle(Request request) throws IOException {
        String requestId = HexFormat.of()
                .withUpperCase()
                .toHexDigits(ThreadLocalRandom.current().nextLong());
        Response response;
        try {
            response = answer(request);
        } catch (IOException | RuntimeException e) {
            response = Replies.error(problem(e), request.path(), requestId);
        }
        return response.with("x-amz-request-id", requestId).with("Server", "comfy-bucket");
    }

    private Response answer(Request request) throws IOException {
        if (!LOOPBACK.matcher(request.headers().first("Host").orElse("")).matches()) {
            throw new S3Exception(ErrorCode.ForbiddenHost);
        }
        String path = Uri.decode(request.path()).orElseThrow(() -> new S3Exception(ErrorCode.InvalidURI));
        Query query = Query.parse(request.query()).orElseThrow(() -> new S3Exception(ErrorCode.InvalidURI));
        int slash = path.indexOf('/', 1);
        String bucket = slash < 0 ? path.substring(1) : path.substring(1, slash);
        String key = slash < 0 ? "" : path.substring(slash + 1);
        try {
            Call call = new Call(request, bucket, key, query, signatures.verify(request, path, query), data);
            if (key.getBytes(StandardCharsets.UTF_8).length > MAX_KEY) {
                throw new S3Exception(ErrorCode.KeyTooLongError);
            }
            return Routes.operation(call).run(call);
        } catch (DeniedException e) {
            throw new S3Exception(e.status(), e.code(), e.getMessage(), e.details());
        }
    }

    /** The error to answer with. Only what nobody foresaw is logged. */
    static S3Exception problem(Exception problem) {
        return switch (problem) {
            case S3Exception e -> e;
            case PayloadException e -> new S3Exception(e.status(), e.code(), e.getMessage(), Map.of());
            case EOFException _ -> new S3Exception(ErrorCode.IncompleteBody);
            case RefusedException e -> refused(e);
            case IOException e when isFull(e) -> new S3Exception(ErrorCode.StorageFull);
            default -> {
                LOG.log(System.Logger.Level.ERROR, "A request failed", problem);
                yield new S3Exception(ErrorCode.InternalError);
            }
        };
    }

    /** The systems' own words are all that Java tells of a full disk. */
    private static boolean isFull(IOException problem) {
        String message = String.valueOf(problem.getMessage());
        return message.contains("No space left on device")
                || message.contains("Disk quota exceeded")
                || message.contains("not enough space on the disk");
    }

    private static S3Exception refused(RefusedException problem) {
        return switch (problem.reason()) {
            case NO_SUCH_BUCKET -> new S3Exception(ErrorCode.NoSuchBucket);
            case BUCKET_NOT_EMPTY -> new S3Exception(ErrorCode.BucketNotEmpty);
            case NO_SUCH_KEY -> new S3Exception(ErrorCode.NoSuchKey);
            case PRECONDITION_FAILED -> new S3Exception(ErrorCode.PreconditionFailed);
            case NO_SUCH_UPLOAD -> new S3Exception(ErrorCode.NoSuchUpload);
            case NO_SUCH_PART -> new S3Exception(ErrorCode.InvalidPart);
            case IN_THE_WAY -> new S3Exception(ErrorCode.InvalidRequest, problem.getMessage());
        };
    }
}
