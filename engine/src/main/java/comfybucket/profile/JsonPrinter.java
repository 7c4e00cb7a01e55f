package comfybucket.profile;

import com.google.gson.JsonPrimitive;
import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;

/** Writes JSON for people to read on: two blanks a level, one member a line. */
final class JsonPrinter {
    private final StringBuilder text = new StringBuilder();
    private int depth;

    private JsonPrinter() {}

    static String print(Json json) {
        JsonPrinter printer = new JsonPrinter();
        printer.value(json);
        return printer.text.append('\n').toString();
    }

    private void value(Json json) {
        switch (json) {
            case Json.Text found -> string(found.value());
            case Json.Digits found -> text.append(found.value());
            case Json.Flag found -> text.append(found.value());
            case Json.Nothing _ -> text.append("null");
            case Json.Items found -> lines('[', found.values(), this::value, ']');
            case Json.Members found -> lines('{', found.values(), this::member, '}');
        }
    }

    private void member(Json.Member member) {
        string(member.name());
        text.append(": ");
        value(member.value());
    }

    private <T> void lines(char open, List<T> values, Consumer<T> print, char close) {
        text.append(open);
        depth++;
        for (Iterator<T> rest = values.iterator(); rest.hasNext(); ) {
            newLine();
            print.accept(rest.next());
            text.append(rest.hasNext() ? "," : "");
        }
        depth--;
        if (!values.isEmpty()) {
            newLine();
        }
        text.append(close);
    }

    private void newLine() {
        text.append('\n').append("  ".repeat(depth));
    }

    private void string(String value) {
        text.append(new JsonPrimitive(value));
    }
}
