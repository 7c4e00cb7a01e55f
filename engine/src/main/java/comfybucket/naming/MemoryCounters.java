package comfybucket.naming;

import java.util.LinkedHashMap;
import java.util.Map;

/** Remembers the series that were used last. */
final class MemoryCounters implements Counters {
    private static final int MAX_SERIES = 1000;

    private final Map<String, Long> next = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
            return size() > MAX_SERIES;
        }
    };

    @Override
    public synchronized long reserve(String series, int count) {
        long first = next.getOrDefault(series, 1L);
        next.put(series, first + count);
        return first;
    }
}
