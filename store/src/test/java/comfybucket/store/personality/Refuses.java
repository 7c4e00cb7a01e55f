package comfybucket.store.personality;

import comfybucket.store.http.Handler;
import comfybucket.store.http.Request;
import comfybucket.store.sign.Resigner;
import java.util.Locale;
import java.util.function.Predicate;

/** Answers some requests with an error, and does nothing of what they ask. */
record Refuses(Predicate<Request> which, int status, String code, String message) implements Habit {
    /** Requests with a header whose name begins like this, in lower case. */
    static Refuses header(String beginning, int status, String code) {
        return new Refuses(
                request -> Asked.hasHeader(request, beginning),
                status,
                code,
                "Unsupported header '" + beginning + "' received for this API call.");
    }

    /** Bodies in the form that newer clients send, with their checksum behind them. */
    static Refuses awsChunked() {
        return new Refuses(
                request -> request.headers()
                                .first("x-amz-content-sha256")
                                .orElse("")
                                .startsWith("STREAMING-")
                        || request.headers()
                                .first("Content-Encoding")
                                .orElse("")
                                .toLowerCase(Locale.ROOT)
                                .contains("aws-chunked"),
                501,
                "NotImplemented",
                "Transfers in aws-chunked form are not implemented.");
    }

    static Refuses expectContinue() {
        return new Refuses(
                request -> request.headers().has("Expect"), 417, "ExpectationFailed", "Expect is not understood.");
    }

    static Refuses bulkDelete() {
        return new Refuses(Asked::bulkDelete, 501, "NotImplemented", "DeleteObjects is not implemented.");
    }

    static Refuses bulkDeleteWithoutMd5() {
        return new Refuses(
                request -> Asked.bulkDelete(request) && !request.headers().has("Content-MD5"),
                400,
                "InvalidRequest",
                "Missing required header for this request: Content-MD5");
    }

    static Refuses partChecksums() {
        return new Refuses(
                request -> Asked.part(request) && Asked.hasHeader(request, "x-amz-checksum-"),
                400,
                "InvalidArgument",
                "Checksums of parts are not supported.");
    }

    static Refuses parameter(String name) {
        return new Refuses(
                request -> Asked.has(request, name), 400, "InvalidArgument", "Invalid query parameter: " + name);
    }

    /** Every checksum of a whole upload but CRC64NVME, and CRC64NVME of anything but the whole. */
    static Refuses otherFullObjectChecksums() {
        return new Refuses(
                request -> {
                    String algorithm =
                            request.headers().first("x-amz-checksum-algorithm").orElse("");
                    String type = request.headers().first("x-amz-checksum-type").orElse("");
                    return (algorithm.equals("CRC64NVME") && type.equals("COMPOSITE"))
                            || (!algorithm.equals("CRC64NVME") && type.equals("FULL_OBJECT"));
                },
                400,
                "InvalidRequest",
                "The checksum type cannot be used with this algorithm.");
    }

    @Override
    public Handler around(Handler store, Resigner resigner) {
        return request -> which.test(request) ? Answers.error(request, status, code, message) : store.handle(request);
    }
}
