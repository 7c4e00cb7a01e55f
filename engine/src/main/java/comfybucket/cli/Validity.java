package comfybucket.cli;

import comfybucket.storage.PresignOptions;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** How long a link works: {@code 90s}, {@code 30m}, {@code 24h} or {@code 7d}, at most what S3 allows. */
final class Validity implements ITypeConverter<Duration> {
    private static final Pattern TEXT = Pattern.compile("([0-9]{1,6})([smhd])");

    @Override
    public Duration convert(String text) {
        Matcher matcher = TEXT.matcher(text);
        if (matcher.matches()) {
            long number = Long.parseLong(matcher.group(1));
            Duration validity = switch (matcher.group(2)) {
                case "s" -> Duration.ofSeconds(number);
                case "m" -> Duration.ofMinutes(number);
                case "h" -> Duration.ofHours(number);
                default -> Duration.ofDays(number);
            };
            if (validity.isPositive() && validity.compareTo(PresignOptions.MAX_VALIDITY) <= 0) {
                return validity;
            }
        }
        throw new TypeConversionException("'" + text + "' is not a time from 1s to 7d, such as 30m, 24h or 7d");
    }
}
