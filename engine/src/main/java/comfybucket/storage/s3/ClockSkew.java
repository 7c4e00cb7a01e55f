package comfybucket.storage.s3;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/** How far this computer's clock is from the store's. */
final class ClockSkew {
    /** S3 refuses signatures that are further off than this. */
    private static final Duration TOLERATED = Duration.ofMinutes(15);

    private ClockSkew() {}

    /**
     * The skew in words.
     *
     * @param date the Date header of the store's answer
     * @return empty when it is tolerated or unknown
     */
    static Optional<String> of(Optional<String> date) {
        return of(date, Clock.systemUTC());
    }

    static Optional<String> of(Optional<String> date, Clock clock) {
        return date.flatMap(ClockSkew::instant)
                .map(store -> Duration.between(store, clock.instant()))
                .filter(ahead -> ahead.abs().compareTo(TOLERATED) > 0)
                .map(ahead -> words(ahead.abs()) + (ahead.isPositive() ? " ahead" : " behind"));
    }

    private static Optional<Instant> instant(String date) {
        try {
            return Optional.of(ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant());
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static String words(Duration skew) {
        if (skew.toDays() >= 2) {
            return skew.toDays() + " days";
        }
        return skew.toHours() >= 2 ? skew.toHours() + " hours" : skew.toMinutes() + " minutes";
    }
}
