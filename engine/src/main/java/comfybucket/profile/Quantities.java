package comfybucket.profile;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Sizes and times with a unit, as people write them. */
final class Quantities {
    private static final Pattern SIZE =
            Pattern.compile("([0-9]{1,15}(?:\\.[0-9]{1,6})?) ?([kKMGT]i?)?B?(?:/s)?", Pattern.CASE_INSENSITIVE);
    private static final Map<String, Long> FACTORS = Map.of(
            "", 1L,
            "k", 1_000L,
            "m", 1_000_000L,
            "g", 1_000_000_000L,
            "t", 1_000_000_000_000L,
            "ki", 1L << 10,
            "mi", 1L << 20,
            "gi", 1L << 30,
            "ti", 1L << 40);
    private static final Pattern TIME = Pattern.compile("([0-9]{1,6}) ?([smhdw])");

    private Quantities() {}

    /** Bytes: {@code 500000}, {@code "200 GB"}, {@code "1.5 GiB"}, {@code "20 MB/s"}. */
    static long size(Json json) throws Mistake {
        String text = json instanceof Json.Digits digits ? digits.value() : Values.text(json);
        Matcher size = SIZE.matcher(text);
        if (size.matches()) {
            String unit = size.group(2) == null ? "" : size.group(2).toLowerCase(Locale.ROOT);
            BigDecimal bytes = new BigDecimal(size.group(1)).multiply(BigDecimal.valueOf(FACTORS.get(unit)));
            if (bytes.signum() > 0 && bytes.compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) <= 0) {
                return bytes.longValue();
            }
        }
        throw new Mistake(json.line(), "must be a number of bytes above 0, or a text like \"200 GB\"");
    }

    /** {@code "90s"}, {@code "30m"}, {@code "12h"}, {@code "7d"}, {@code "2w"}. */
    static Duration duration(Json json) throws Mistake {
        Matcher time = TIME.matcher(Values.text(json));
        if (!time.matches()) {
            throw new Mistake(json.line(), "must hold a time like \"12h\" or \"7d\"");
        }
        long count = Long.parseLong(time.group(1));
        return switch (time.group(2)) {
            case "s" -> Duration.ofSeconds(count);
            case "m" -> Duration.ofMinutes(count);
            case "h" -> Duration.ofHours(count);
            case "d" -> Duration.ofDays(count);
            default -> Duration.ofDays(count * 7);
        };
    }
}
