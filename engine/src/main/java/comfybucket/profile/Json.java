package comfybucket.profile;

import java.util.List;

/** A piece of JSON that knows the line it starts on, counted from 1. */
sealed interface Json {
    int line();

    record Text(String value, int line) implements Json {}

    /** Kept as written, so that no digit is lost. */
    record Digits(String value, int line) implements Json {}

    record Flag(boolean value, int line) implements Json {}

    record Nothing(int line) implements Json {}

    record Items(List<Json> values, int line) implements Json {}

    /** Members in the order of the file; a name can be there more than once. */
    record Members(List<Member> values, int line) implements Json {}

    record Member(String name, int line, Json value) {}
}
