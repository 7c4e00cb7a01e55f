package comfybucket.naming;

import java.time.ZonedDateTime;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code %date:…%} as ComfyUI's page has it: only these letters mean something, and everything else stays. */
final class PageDate {
    private static final Pattern PART = Pattern.compile("dd?|MM?|hh?|mm?|ss?|yyy?y?");

    private PageDate() {}

    static String format(String pattern, ZonedDateTime now) {
        return PART.matcher(pattern).replaceAll(match -> Matcher.quoteReplacement(part(match.group(), now)));
    }

    private static String part(String letters, ZonedDateTime now) {
        int year = now.getYear();
        return switch (letters) {
            case "yyyy" -> Integer.toString(year);
            case "yy" -> Integer.toString(year).substring(2);
            // What the page does with three.
            case "yyy" -> letters;
            default -> {
                int value = switch (letters.charAt(0)) {
                    case 'd' -> now.getDayOfMonth();
                    case 'M' -> now.getMonthValue();
                    case 'h' -> now.getHour();
                    case 'm' -> now.getMinute();
                    default -> now.getSecond();
                };
                yield letters.length() == 1 ? Integer.toString(value) : String.format(Locale.ROOT, "%02d", value);
            }
        };
    }
}
