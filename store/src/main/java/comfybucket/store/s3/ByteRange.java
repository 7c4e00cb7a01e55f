package comfybucket.store.s3;

import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A part of an object: where it begins and how long it is, in bytes. */
record ByteRange(long position, long length) {
    private static final Pattern RANGE = Pattern.compile("bytes=(\\d{0,18})-(\\d{0,18})");

    /**
     * Reads a Range header (RFC 9110 14.2). One that is not understood, or has several ranges, is ignored, as S3 does.
     *
     * @throws S3Exception InvalidRange when it lies behind the end
     */
    static Optional<ByteRange> parse(String header, long size) {
        Matcher matcher = RANGE.matcher(header.strip());
        if (!matcher.matches()
                || (matcher.group(1).isEmpty() && matcher.group(2).isEmpty())) {
            return Optional.empty();
        }
        if (matcher.group(1).isEmpty()) {
            long last = Math.min(Long.parseLong(matcher.group(2)), size);
            return Optional.of(satisfiable(header, size - last, last, size));
        }
        long first = Long.parseLong(matcher.group(1));
        long end = matcher.group(2).isEmpty() ? size : Math.min(Long.parseLong(matcher.group(2)) + 1, size);
        if (!matcher.group(2).isEmpty() && Long.parseLong(matcher.group(2)) < first) {
            return Optional.empty();
        }
        return Optional.of(satisfiable(header, first, end - first, size));
    }

    private static ByteRange satisfiable(String header, long position, long length, long size) {
        if (position >= size || length <= 0) {
            throw new S3Exception(
                    ErrorCode.InvalidRange.status(),
                    ErrorCode.InvalidRange.name(),
                    ErrorCode.InvalidRange.message(),
                    Map.of("RangeRequested", header, "ActualObjectSize", Long.toString(size)));
        }
        return new ByteRange(position, length);
    }

    /** As Content-Range says it. An empty object's only part is empty, and there is no way to say that. */
    String header(long size) {
        return length == 0 ? "bytes */" + size : "bytes " + position + "-" + (position + length - 1) + "/" + size;
    }
}
