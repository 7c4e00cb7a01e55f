package comfybucket.models.safety;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Stack and memo of a pickle that is looked at. Only texts are kept as they are, because only they can become names. */
final class PickleMemory {
    /** Entries; the largest models have some hundred thousand. */
    private static final int MOST = 1 << 20;

    /** A value that is no text, or a text too long for a name. */
    static final Optional<String> OTHER = Optional.empty();

    private final List<Optional<String>> stack = new ArrayList<>();
    private final List<Integer> marks = new ArrayList<>();
    private final Map<Long, Optional<String>> memo = new HashMap<>();

    void push(Optional<String> value) throws UnfitException {
        limit(stack.size());
        stack.add(value);
    }

    Optional<String> pop() throws UnfitException {
        if (stack.size() <= fence()) {
            throw damaged();
        }
        return stack.removeLast();
    }

    /** A mark counts as a value here, and only here. */
    void popValueOrMark() throws UnfitException {
        if (!marks.isEmpty() && stack.size() == fence()) {
            marks.removeLast();
        } else {
            pop();
        }
    }

    Optional<String> top() throws UnfitException {
        if (stack.size() <= fence()) {
            throw damaged();
        }
        return stack.getLast();
    }

    void mark() throws UnfitException {
        limit(marks.size());
        marks.add(stack.size());
    }

    /** Takes everything above the last mark, and the mark. */
    void popToMark() throws UnfitException {
        if (marks.isEmpty()) {
            throw damaged();
        }
        stack.subList(marks.removeLast(), stack.size()).clear();
    }

    /** Takes so many values and puts what was made of them in their place. */
    void replace(int count) throws UnfitException {
        for (int i = 0; i < count; i++) {
            pop();
        }
        push(OTHER);
    }

    void put(long index) throws UnfitException {
        limit(memo.size());
        memo.put(index, top());
    }

    void memoize() throws UnfitException {
        put(memo.size());
    }

    Optional<String> get(long index) throws UnfitException {
        Optional<String> value = memo.get(index);
        if (value == null) {
            throw damaged();
        }
        return value;
    }

    private int fence() {
        return marks.isEmpty() ? 0 : marks.getLast();
    }

    private static void limit(int size) throws UnfitException {
        if (size == MOST) {
            throw new UnfitException("holds a pickle that is too large to be checked");
        }
    }

    private static UnfitException damaged() {
        return new UnfitException("holds a pickle that is damaged");
    }
}
