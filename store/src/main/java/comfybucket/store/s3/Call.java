package comfybucket.store.s3;

import comfybucket.store.disk.DataFolder;
import comfybucket.store.http.Request;
import comfybucket.store.sign.Query;
import comfybucket.store.sign.Verified;
import java.util.Optional;

/**
 * One verified request on its way to its operation.
 *
 * @param bucket "" where the request is about none
 * @param key "" where the request is about none
 */
record Call(Request request, String bucket, String key, Query query, Verified verified, DataFolder data) {
    Optional<String> header(String name) {
        return request.headers().first(name);
    }

    /** A parameter that has to be a number between the two bounds; larger ones count as the upper bound. */
    int number(String name, int least, int most, int standard) {
        Optional<String> value = query.get(name).filter(text -> !text.isEmpty());
        if (value.isEmpty()) {
            return standard;
        }
        if (!value.get().matches("\\d{1,9}") || Integer.parseInt(value.get()) < least) {
            throw new S3Exception(
                    ErrorCode.InvalidArgument, "Argument " + name + " must be an integer of at least " + least + ".");
        }
        return Math.min(Integer.parseInt(value.get()), most);
    }

    /** The number of the part that the request is about, 1 to 10,000. */
    int partNumber() {
        int number = number("partNumber", 1, Integer.MAX_VALUE, 0);
        if (number < 1 || number > 10_000) {
            throw new S3Exception(
                    ErrorCode.InvalidArgument, "Part number must be an integer between 1 and 10000, inclusive.");
        }
        return number;
    }

    String uploadId() {
        return query.get("uploadId").orElse("");
    }
}
