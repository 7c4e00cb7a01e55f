package comfybucket.store.s3;

import comfybucket.store.checksum.ChecksumAlgorithm;
import java.util.Map;
import java.util.Optional;

/**
 * The checksum that a client states for a body: its value in a header, or behind the body in a trailer, or only the
 * algorithm that it wants to have computed.
 */
record StatedChecksum(Optional<ChecksumAlgorithm> algorithm, Optional<String> value, boolean trailing) {
    static StatedChecksum of(Call call) {
        Optional<ChecksumAlgorithm> found = Optional.empty();
        for (ChecksumAlgorithm algorithm : ChecksumAlgorithm.values()) {
            if (call.request().headers().has(algorithm.header())) {
                if (found.isPresent()) {
                    throw new S3Exception(
                            ErrorCode.InvalidRequest,
                            "Expecting a single x-amz-checksum- header. Multiple were given.");
                }
                found = Optional.of(algorithm);
            }
        }
        if (found.isPresent()) {
            Optional<String> value = call.header(found.get().header());
            requireLength(found.get(), value.orElse(""));
            return new StatedChecksum(found, value, false);
        }
        String trailer = call.header("x-amz-trailer").orElse("").strip();
        for (ChecksumAlgorithm algorithm : ChecksumAlgorithm.values()) {
            if (algorithm.header().equalsIgnoreCase(trailer)) {
                return new StatedChecksum(Optional.of(algorithm), Optional.empty(), true);
            }
        }
        return new StatedChecksum(
                call.header("x-amz-sdk-checksum-algorithm").flatMap(ChecksumAlgorithm::named), Optional.empty(), false);
    }

    static void requireLength(ChecksumAlgorithm algorithm, String value) {
        if (Intake.decode(value).length != algorithm.length()) {
            throw new S3Exception(ErrorCode.InvalidRequest, "Value for " + algorithm.header() + " header is invalid.");
        }
    }

    /**
     * Compares with what was computed.
     *
     * @param trailers what came behind the body, if it could have trailers
     */
    void check(Optional<Map<String, String>> trailers, String computed) {
        Optional<String> stated = value;
        if (trailing) {
            stated = trailers.map(all -> all.get(algorithm.orElseThrow().header()));
            if (stated.isEmpty()) {
                throw new S3Exception(ErrorCode.InvalidRequest, "The announced trailer did not come.");
            }
        }
        if (stated.isPresent() && !stated.get().equals(computed)) {
            throw new S3Exception(
                    ErrorCode.BadDigest,
                    "The " + algorithm.orElseThrow() + " you specified did not match the calculated checksum.");
        }
    }
}
