package comfybucket.node;

import comfybucket.error.CloudException;
import comfybucket.error.Problem;
import comfybucket.storage.ObjectSummary;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.stream.Stream;

/** Which of many pictures come first. */
enum PictureOrder {
    /** As the store lists them, which costs no more of the listing than is taken. */
    NAME {
        @Override
        List<ObjectSummary> first(int count, Stream<ObjectSummary> listed) {
            return listed.limit(count).toList();
        }
    },
    /** Those that were written last, which takes the whole listing but never holds more of it than is taken. */
    NEWEST {
        @Override
        List<ObjectSummary> first(int count, Stream<ObjectSummary> listed) {
            PriorityQueue<ObjectSummary> newest = new PriorityQueue<>(NEWEST_FIRST.reversed());
            listed.forEach(object -> {
                newest.add(object);
                if (newest.size() > count) {
                    newest.remove();
                }
            });
            return newest.stream().sorted(NEWEST_FIRST).toList();
        }
    };

    private static final Comparator<ObjectSummary> NEWEST_FIRST =
            Comparator.comparing(ObjectSummary::lastModified).reversed().thenComparing(ObjectSummary::key);

    abstract List<ObjectSummary> first(int count, Stream<ObjectSummary> listed);

    /** @throws CloudException {@link Problem#INPUT_NOT_USABLE} */
    static PictureOrder named(String word) {
        return Stream.of(values())
                .filter(order -> order.word().equals(word))
                .findFirst()
                .orElseThrow(() -> new CloudException(
                        Problem.INPUT_NOT_USABLE,
                        Map.of("input", "order", "reason", "there is no order " + word, "allowed", "name or newest")));
    }

    /** As it stands in workflows. */
    private String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
