package comfybucket.store.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Listings, against the simplest thing that could be right: a sorted set in memory. */
class ListerTest {
    private static final String BUCKET = "bucket";

    @TempDir
    private Path root;

    private DataFolder data;
    private final TreeSet<String> keys = new TreeSet<>(Utf8Order.INSTANCE);

    @BeforeEach
    void open() throws IOException {
        data = DataFolder.open(root, false);
        data.buckets().create(BUCKET);
    }

    @AfterEach
    void close() throws IOException {
        data.close();
    }

    private void put(String key) throws IOException {
        try (StagedFile file = data.objects().stage()) {
            ObjectMeta meta =
                    new ObjectMeta("etag-of-" + key.hashCode(), Map.of(), Map.of(), Optional.empty(), List.of());
            data.objects().publish(BUCKET, key, file, meta, Precondition.NONE);
        }
        keys.add(key);
    }

    private void delete(String key) throws IOException {
        assertThat(data.objects().delete(BUCKET, key, Precondition.NONE)).isTrue();
        keys.remove(key);
    }

    /** All pages of a listing: keys, and common prefixes with a mark. */
    private List<String> list(ListQuery query) throws IOException {
        List<String> all = new ArrayList<>();
        ListQuery next = query;
        for (int page = 0; page < 10_000; page++) {
            ListPage found = data.lister().list(BUCKET, next);
            assertThat(found.objects().size() + found.commonPrefixes().size()).isLessThanOrEqualTo(query.max());
            TreeMap<String, String> inOrder = new TreeMap<>(Utf8Order.INSTANCE);
            found.objects().forEach(object -> inOrder.put(object.key(), object.key()));
            found.commonPrefixes().forEach(prefix -> inOrder.put(prefix, "PRE " + prefix));
            all.addAll(inOrder.values());
            for (ListedObject object : found.objects()) {
                assertThat(object.etag()).isEqualTo("etag-of-" + object.key().hashCode());
            }
            if (!found.truncated()) {
                return all;
            }
            next = query.after(found.last());
        }
        throw new AssertionError("The pages never end");
    }

    private Set<String> expected(ListQuery query) {
        Set<String> expected = new LinkedHashSet<>();
        for (String key : keys.tailSet(query.from(), true)) {
            if (key.startsWith(query.prefix())) {
                String common = query.rolledUp(key);
                expected.add(common == null ? key : "PRE " + common);
            }
        }
        return expected;
    }

    @Test
    void everyListingIsWhatItShouldBe() throws IOException {
        Random random = new Random(99);
        for (String key : Keys.NASTY) {
            if (key.chars().filter(c -> c == '/').count() < 20) { // deeper ones only take long
                put(key);
            }
        }
        for (int i = 0; i < 200; i++) {
            put(Keys.random(random));
        }
        for (int i = 0; i < 150; i++) {
            if (i % 20 == 0) {
                List<String> all = List.copyOf(keys);
                delete(all.get(random.nextInt(all.size())));
                put(Keys.random(random));
            }
            String prefix = random.nextBoolean() ? "" : beginning(random);
            String delimiter = List.of("", "/", "/", "a", "//", "%").get(random.nextInt(6));
            String from = random.nextInt(3) > 0 ? "" : beginning(random);
            ListQuery query = new ListQuery(prefix, delimiter, from, random.nextInt(1, 120));
            assertSame(query, list(query));
        }
    }

    private void assertSame(ListQuery query, List<String> found) {
        List<String> expected = List.copyOf(expected(query));
        for (int i = 0; i < Math.max(found.size(), expected.size()); i++) {
            String one = i < found.size() ? found.get(i) : "the end";
            String other = i < expected.size() ? expected.get(i) : "the end";
            assertThat(one)
                    .as("%s after %s", query, i == 0 ? "" : expected.get(i - 1))
                    .isEqualTo(other);
        }
    }

    /** What some key begins with. */
    private String beginning(Random random) {
        List<String> all = List.copyOf(keys);
        String key = all.get(random.nextInt(all.size()));
        return key.substring(
                0, key.offsetByCodePoints(0, random.nextInt(Math.min(8, key.codePointCount(0, key.length())))));
    }

    @Test
    void keysComeInTheOrderOfTheirBytes() throws IOException {
        for (String key : List.of("a/b", "a", "a.png", "a-", "B", "\uffff", "\ud83c\udfa8", "a0", "a/", "\u00e9")) {
            put(key);
        }
        assertThat(list(new ListQuery("", "", "", 3))).containsExactlyElementsOf(keys);
    }

    @Test
    void aFolderWithoutAnObjectIsNoCommonPrefix() throws IOException {
        Files.createDirectories(root.resolve("bucket/empty/below"));
        Files.createDirectories(root.resolve("bucket/hidden"));
        Files.writeString(root.resolve("bucket/hidden/.DS_Store"), "");
        put("full/x");
        assertThat(list(new ListQuery("", "/", "", 10))).containsExactly("PRE full/");
    }

    @Test
    void whatHasJustChangedIsListed() throws IOException {
        for (int i = 0; i < 200; i++) {
            put("k" + i);
            if (i % 3 == 0) {
                delete("k" + i);
            }
            assertThat(list(new ListQuery("", "", "", 1_000))).containsExactlyElementsOf(keys);
        }
    }

    @Test
    void longSegmentsStandAmongTheOthers() throws IOException {
        String limit = "x".repeat(SegmentNames.MAX_BODY - 2); // a name of 2 bytes more still fits
        List<String> ends =
                List.of("", "a", "aa", "aaa", "aab", "b", "b.png", "\u00e9", "\u6f22", "\u6f22.png", "aa/b", "%");
        for (String beginning : List.of("w", limit, limit + "\u00e9", limit.repeat(3), limit + "y".repeat(200), "y")) {
            for (String end : ends) {
                put(beginning + end);
                put("in/" + beginning + end);
            }
        }
        for (int size = 1; size < 40; size++) {
            assertSame(new ListQuery("", "", "", size), list(new ListQuery("", "", "", size)));
        }
        for (String prefix : List.copyOf(keys)) {
            for (String delimiter : List.of("", "/", "a")) {
                ListQuery query = new ListQuery(prefix.substring(0, prefix.length() / 2), delimiter, prefix, 3);
                assertSame(query, list(query));
            }
        }
        for (String key : List.copyOf(keys).subList(0, keys.size() / 2)) {
            delete(key);
            assertSame(new ListQuery("", "", "", 50), list(new ListQuery("", "", "", 50)));
        }
    }

    /** Reading all of a folder for each of these pages would take minutes. */
    @Test
    void aPageOfLongSegmentsCostsWhatIsOnIt() throws IOException {
        int count = 6_000;
        KeyPaths paths = new KeyPaths(NameRules.of(root));
        for (int i = 0; i < count; i++) {
            String segment = "%06d ".formatted(i) + "x".repeat(SegmentNames.MAX_BODY) + ".png";
            Path file = paths.find(root.resolve(BUCKET), segment);
            Files.createDirectory(file.getParent());
            Files.createFile(file);
        }
        assertTimeout(Duration.ofSeconds(60), () -> assertThat(keysInPagesOf(4)).isEqualTo(count));
    }

    private int keysInPagesOf(int size) throws IOException {
        int found = 0;
        ListQuery next = new ListQuery("", "", "", size);
        while (true) {
            ListPage page = data.lister().list(BUCKET, next);
            found += page.objects().size();
            if (!page.truncated()) {
                return found;
            }
            next = next.after(page.last());
        }
    }
}
