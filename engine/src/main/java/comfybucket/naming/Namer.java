package comfybucket.naming;

import comfybucket.storage.KeySpace;
import java.time.Clock;
import java.time.ZonedDateTime;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Gives the files of a batch their names. Safe for use by many threads; one for a process, since two of them could make
 * the same suffix.
 */
public final class Namer {
    private final Clock clock;
    private final RandomGenerator random;
    private final Suffixes suffixes;
    private final Counters counters;

    /**
     * Makes names of what it is given here and of nothing else.
     *
     * @param clock its zone is that of the dates in names
     * @param random must not be guessable from another machine's, or both make the same names
     */
    public Namer(Clock clock, RandomGenerator random, Counters counters) {
        this.clock = clock;
        this.random = random;
        this.suffixes = new Suffixes(clock, random);
        this.counters = counters;
    }

    /**
     * A name for each file of the batch, all different. Files that the template does not tell apart get their place in
     * the batch at the end of the name: {@code cat_0.png}, {@code cat_1.png}.
     *
     * @throws comfybucket.error.CloudException {@link comfybucket.error.Problem#KEY_EMPTY},
     *     {@link comfybucket.error.Problem#KEY_NOT_STORABLE} or {@link comfybucket.error.Problem#KEY_OUTSIDE}
     */
    public List<ItemName> names(NameTemplate template, Batch batch, KeySpace space, Suffix suffix) {
        List<String> paths = paths(template, batch, space);
        List<Stem> stems = paths.stream()
                .map(path -> Stem.of(space, path, "", template.ending()))
                .toList();
        if (stems.stream().distinct().count() < batch.size()) {
            stems = IntStream.range(0, batch.size())
                    .mapToObj(index -> Stem.of(space, paths.get(index), number(index, batch), template.ending()))
                    .toList();
        }
        // One for the whole batch, so that its files can be seen to belong together.
        String shared = suffixes.next();
        boolean always = suffix == Suffix.ALWAYS && !template.isUnique();
        return stems.stream().map(stem -> item(stem, shared, always)).toList();
    }

    private ItemName item(Stem stem, String shared, boolean always) {
        if (always) {
            return new ItemName(stem.key(shared), stem, suffixes::next);
        }
        Iterator<String> all = Stream.concat(Stream.of(shared), Stream.generate(suffixes::next))
                .iterator();
        return new ItemName(stem.key(""), stem, all::next);
    }

    private List<String> paths(NameTemplate template, Batch batch, KeySpace space) {
        ZonedDateTime now = ZonedDateTime.now(clock);
        String batchId = uuid();
        long first = template.counts() ? counters.reserve(series(template, batch, space, now), batch.size()) : 0;
        return IntStream.range(0, batch.size())
                .mapToObj(index -> {
                    String number = String.format(Locale.ROOT, "%05d", first + index);
                    String prefix = new Tokens(batch, now, batchId, index, number).expand(template.keyPrefix());
                    String name = new Tokens(batch, now, uuid(), index, number).expand(template.filename());
                    return KeyText.storable(prefix + name);
                })
                .toList();
    }

    /** What the numbers of a template count: files that have the same name but for the number. */
    private static String series(NameTemplate template, Batch batch, KeySpace space, ZonedDateTime now) {
        Tokens counted = new Tokens(batch, now, NameTemplate.UUID, 0, NameTemplate.COUNTER);
        return "s3://" + space.bucket() + "/" + space.prefix()
                + counted.expand(template.keyPrefix() + template.filename()) + template.ending();
    }

    private static String number(int index, Batch batch) {
        int digits = Integer.toString(batch.size() - 1).length();
        return "_" + String.format(Locale.ROOT, "%0" + digits + "d", index);
    }

    private String uuid() {
        return HexFormat.of().toHexDigits(random.nextInt());
    }
}
