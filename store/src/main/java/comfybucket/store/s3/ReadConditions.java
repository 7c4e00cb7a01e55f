package comfybucket.store.s3;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * The conditions under which an object is read (RFC 9110 13.2.2): If-Match, else If-Unmodified-Since; and
 * If-None-Match, else If-Modified-Since. CopyObject has the same four with a longer name.
 */
final class ReadConditions {
    /** What is to be done about an object. */
    enum Verdict {
        GO_ON,
        NOT_MODIFIED,
        FAILED
    }

    private ReadConditions() {}

    /** @param prefix "" for a read, {@code x-amz-copy-source-} for a copy */
    static Verdict verdict(Call call, String prefix, String etag, Instant written) {
        Instant modified = written.truncatedTo(ChronoUnit.SECONDS); // as the client was told
        Optional<String> match = call.header(prefix + "If-Match");
        Optional<Instant> unmodified = time(call, prefix + "If-Unmodified-Since");
        if (match.isPresent()
                ? !matches(match.get(), etag)
                : unmodified.filter(modified::isAfter).isPresent()) {
            return Verdict.FAILED;
        }
        Optional<String> noneMatch = call.header(prefix + "If-None-Match");
        Optional<Instant> since = time(call, prefix + "If-Modified-Since");
        boolean same = noneMatch.isPresent()
                ? matches(noneMatch.get(), etag)
                : since.filter(time -> !modified.isAfter(time)).isPresent();
        return same ? Verdict.NOT_MODIFIED : Verdict.GO_ON;
    }

    private static Optional<Instant> time(Call call, String header) {
        try {
            return call.header(header)
                    .map(text -> ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME)
                            .toInstant());
        } catch (DateTimeException ignoredAsRfc9110Wants) {
            return Optional.empty();
        }
    }

    /** Whether a list of ETags, quoted or not, names this one. */
    static boolean matches(String list, String etag) {
        for (String item : list.split(",", -1)) {
            String bare = item.strip().replaceFirst("^W/", "").replaceAll("^\"|\"$", "");
            if (bare.equals("*") || bare.equals(etag)) {
                return true;
            }
        }
        return false;
    }
}
