package comfybucket.naming;

import comfybucket.storage.KeySpace;
import comfybucket.storage.ObjectKey;
import java.time.Clock;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Gives the files of a batch their names. Safe for use by many threads; one for a process, since two of them could make
 * the same suffix.
 */
public final class Namer {
    private static final int COUNTER_DIGITS = 5;

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
     * Fails as naming a file by this template would, as far as can be said before the file is there; uses up no number.
     *
     * @throws comfybucket.error.CloudException as {@link #names}
     */
    public void check(NameTemplate template, Batch batch, KeySpace space) {
        List<NameTemplate> templates = List.of(template);
        var _ = stems(templates, paths(templates, batch, now(), 0), space, index -> "");
    }

    /** All files of the batch by one template. */
    public List<ItemName> names(NameTemplate template, Batch batch, KeySpace space, Suffix suffix) {
        return names(Collections.nCopies(batch.size(), template), batch, space, suffix);
    }

    /**
     * A name for each file of the batch, all different. Files that their templates do not tell apart get their place in
     * the batch at the end of the name: {@code cat_0.png}, {@code cat_1.png}.
     *
     * @param templates one for each file
     * @throws comfybucket.error.CloudException {@link comfybucket.error.Problem#KEY_EMPTY},
     *     {@link comfybucket.error.Problem#KEY_NOT_STORABLE} or {@link comfybucket.error.Problem#KEY_OUTSIDE}
     */
    public List<ItemName> names(List<NameTemplate> templates, Batch batch, KeySpace space, Suffix suffix) {
        Supplier<ZonedDateTime> now = now();
        // The templates of a batch differ in endings alone where they have tokens.
        NameTemplate counted = templates.getFirst();
        long first = counted.counts() ? counters.reserve(series(counted, batch, space, now), batch.size()) : 0;
        List<String> paths = paths(templates, batch, now, first);
        List<Stem> stems = stems(templates, paths, space, index -> "");
        if (!tellsApart(stems)) {
            stems = stems(templates, paths, space, index -> number(index, batch));
        }
        // One for the whole batch, so that its files can be seen to belong together.
        String shared = suffixes.next();
        List<ItemName> names = new ArrayList<>();
        for (int index = 0; index < batch.size(); index++) {
            boolean always = suffix == Suffix.ALWAYS && !templates.get(index).isUnique();
            names.add(item(stems.get(index), shared, always));
        }
        return names;
    }

    /** By their texts: the first comparison of two records makes the JVM write classes, and a first save waits for that. */
    private static boolean tellsApart(List<Stem> stems) {
        return stems.stream().map(stem -> stem.key("").value()).distinct().count() == stems.size();
    }

    private static List<Stem> stems(
            List<NameTemplate> templates, List<String> paths, KeySpace space, IntFunction<String> number) {
        return IntStream.range(0, paths.size())
                .mapToObj(index -> Stem.of(
                        space,
                        paths.get(index),
                        number.apply(index),
                        templates.get(index).ending()))
                .toList();
    }

    /** A name that was not given before, for a file that was named earlier, perhaps by another process. */
    public ObjectKey another(SpareName spare) {
        return spare.with(suffixes.next());
    }

    private ItemName item(Stem stem, String shared, boolean always) {
        if (always) {
            return new ItemName(stem.key(shared), stem, suffixes::next);
        }
        Iterator<String> all = Stream.concat(Stream.of(shared), Stream.generate(suffixes::next))
                .iterator();
        return new ItemName(stem.key(""), stem, all::next);
    }

    private List<String> paths(List<NameTemplate> templates, Batch batch, Supplier<ZonedDateTime> now, long first) {
        String batchId = uuid();
        return IntStream.range(0, batch.size())
                .mapToObj(index -> {
                    NameTemplate template = templates.get(index);
                    String number = padded(first + index, COUNTER_DIGITS);
                    String prefix = new Tokens(batch, now, batchId, index, number).expand(template.keyPrefix());
                    String name = template.literal()
                            ? template.filename()
                            : new Tokens(batch, now, uuid(), index, number).expand(template.filename());
                    return KeyText.storable(prefix + name);
                })
                .toList();
    }

    /** The same moment however often it is asked for; what has no date in its name does without the zone. */
    private Supplier<ZonedDateTime> now() {
        Instant now = clock.instant();
        return () -> now.atZone(clock.getZone());
    }

    /** What the numbers of a template count: files that have the same name but for the number. */
    private static String series(NameTemplate template, Batch batch, KeySpace space, Supplier<ZonedDateTime> now) {
        Tokens counted = new Tokens(batch, now, NameTemplate.UUID, 0, NameTemplate.COUNTER);
        return "s3://" + space.bucket() + "/" + space.prefix()
                + counted.expand(template.keyPrefix() + template.filename()) + template.ending();
    }

    private static String number(int index, Batch batch) {
        return "_" + padded(index, Integer.toString(batch.size() - 1).length());
    }

    /** Without {@link String#format}, which looks up how the locale writes numbers: a first save waits for that. */
    private static String padded(long number, int digits) {
        String written = Long.toString(number);
        return "0".repeat(Math.max(0, digits - written.length())) + written;
    }

    private String uuid() {
        return HexFormat.of().toHexDigits(random.nextInt());
    }
}
