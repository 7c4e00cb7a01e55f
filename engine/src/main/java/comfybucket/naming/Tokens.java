package comfybucket.naming;

import java.time.ZonedDateTime;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Supplier;

/**
 * What the tokens of one file stand for.
 *
 * @param now asked only for what is a date
 * @param index the file's place in its batch, from 0
 * @param counter the file's number, as it is to be written
 */
record Tokens(Batch batch, Supplier<ZonedDateTime> now, String uuid, int index, String counter) {
    private static final String DATE = "date:";

    /**
     * The text with every known token replaced. What stands between two percent signs and is no token stays, percent
     * signs included, and the second of them can begin a token. What a token brings is not read again.
     */
    String expand(String text) {
        StringBuilder expanded = new StringBuilder();
        int at = 0;
        while (true) {
            int start = text.indexOf('%', at);
            int end = start < 0 ? -1 : text.indexOf('%', start + 1);
            if (end < 0) {
                return expanded.append(text, at, text.length()).toString();
            }
            expanded.append(text, at, start);
            Optional<String> value = value(text.substring(start + 1, end));
            value.ifPresentOrElse(expanded::append, () -> expanded.append(text, start, end));
            at = value.isPresent() ? end + 1 : end;
        }
    }

    private Optional<String> value(String token) {
        return switch (token) {
            case "batch_num" -> Optional.of(Integer.toString(index));
            case "uuid" -> Optional.of(uuid);
            case "counter" -> Optional.of(counter);
            case "date" -> date("yyyy-MM-dd");
            case "time" -> date("hhmmss");
            case "year" -> date("yyyy");
            case "month" -> date("MM");
            case "day" -> date("dd");
            case "hour" -> date("hh");
            case "minute" -> date("mm");
            case "second" -> date("ss");
            case "width" -> number(batch.width());
            case "height" -> number(batch.height());
            default -> token.startsWith(DATE) ? date(token.substring(DATE.length())) : widget(token);
        };
    }

    /** The name of a widget has no dot; a title can have some. */
    private Optional<String> widget(String token) {
        int dot = token.lastIndexOf('.');
        return dot < 0
                ? Optional.empty()
                : batch.widgets()
                        .value(token.substring(0, dot), token.substring(dot + 1))
                        .map(KeyText::asPageWritesIt);
    }

    private Optional<String> date(String pattern) {
        return Optional.of(PageDate.format(pattern, now.get()));
    }

    private static Optional<String> number(OptionalInt value) {
        return value.isPresent() ? Optional.of(Integer.toString(value.getAsInt())) : Optional.empty();
    }
}
