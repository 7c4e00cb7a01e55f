package comfybucket.naming;

import static org.assertj.core.api.Assertions.assertThat;

import comfybucket.error.CloudException;
import comfybucket.error.Problem;
import comfybucket.storage.KeyPrefix;
import comfybucket.storage.KeySpace;
import comfybucket.storage.ObjectKey;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NamesPropertyTest {
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-03-09T07:05:02Z"), ZoneOffset.UTC);
    private static final List<String> TOKENS = List.of(
            "%batch_num%",
            "%date%",
            "%time%",
            "%uuid%",
            "%counter%",
            "%year%",
            "%month%",
            "%day%",
            "%hour%",
            "%minute%",
            "%second%",
            "%width%",
            "%height%",
            "%date:yyyy-MM-dd%",
            "%KSampler.seed%");
    private static final List<String> OTHERS = List.of(
            "%",
            "%%",
            "%unknown%",
            "%KSampler.steps%",
            "/",
            "//",
            "../",
            "./",
            "s3://",
            " ",
            "\\",
            "a",
            "é",
            "日本",
            "🐈",
            "\ud83d",
            "\udc08",
            "\u0000",
            "\r\n",
            "\uffff",
            "+&=?#",
            "x".repeat(300),
            "🐈".repeat(80));
    private static final Widgets WIDGETS = (node, widget) -> Optional.of("4/2\u0001" + "w".repeat(200))
            .filter(value -> node.equals("KSampler") && widget.equals("seed"));

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void everyNameOfEveryTemplateIsAKeyThatStoresCanHold(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Namer namer = new Namer(CLOCK, random.split(), Counters.inMemory());
        int named = 0;
        for (int round = 0; round < 300; round++) {
            NameTemplate template =
                    new NameTemplate(text(random, 6), text(random, 6), random.nextBoolean() ? "png" : "");
            Batch batch = new Batch(random.nextInt(1, 13), OptionalInt.of(1024), OptionalInt.of(768), WIDGETS);
            KeySpace space = new KeySpace(
                    "bucket", new KeyPrefix(random.nextBoolean() ? "" : "team a/" + "p".repeat(random.nextInt(300))));
            Suffix suffix = random.nextBoolean() ? Suffix.ALWAYS : Suffix.WHEN_TAKEN;
            Set<ObjectKey> keys = new HashSet<>();
            try {
                for (ItemName name : namer.names(template, batch, space, suffix)) {
                    for (ObjectKey key : List.of(name.first(), name.another(), name.another())) {
                        assertThat(keys.add(key))
                                .as("%s twice in round %d of %s", key, round, template)
                                .isTrue();
                        check(key, space, template);
                    }
                }
                named++;
            } catch (CloudException e) {
                assertThat(e.problem())
                        .as("%s", template)
                        .isIn(Problem.KEY_EMPTY, Problem.KEY_NOT_STORABLE, Problem.KEY_OUTSIDE);
            }
        }
        assertThat(named).isGreaterThan(180);
    }

    @Test
    void sixtyFourWritersWithOneTemplateNeverMeet() {
        writersNeverMeet(64, 100);
    }

    @Test
    @Tag("long")
    void sixtyFourWritersNeverMeetInAThousandSaves() {
        writersNeverMeet(64, 1_000);
    }

    /** On machines of their own, with clocks that read the same, which is the worst that can be. */
    private static void writersNeverMeet(int writers, int saves) {
        RandomGenerator seeds = new SplittableRandom(64);
        NameTemplate template = new NameTemplate("comfyui/images/", "ComfyUI_%batch_num%", "png");
        Batch batch = new Batch(2, OptionalInt.of(8), OptionalInt.of(8), Widgets.NONE);
        KeySpace space = new KeySpace("bucket", KeyPrefix.NONE);
        Set<ObjectKey> keys = new HashSet<>();
        IntStream.range(0, writers).forEach(writer -> {
            Namer namer = new Namer(CLOCK, new SplittableRandom(seeds.nextLong()), Counters.inMemory());
            List<ObjectKey> own = new ArrayList<>();
            for (int save = 0; save < saves; save++) {
                own.add(namer.names(template, batch, space, Suffix.ALWAYS)
                        .getFirst()
                        .first());
            }
            assertThat(own).isSorted();
            keys.addAll(own);
        });
        assertThat(keys).hasSize(writers * saves);
    }

    private static void check(ObjectKey key, KeySpace space, NameTemplate template) {
        String value = key.value();
        String relative = value.substring(space.prefix().value().length());
        assertThat(value).startsWith(space.prefix().value());
        assertThat(value.getBytes(StandardCharsets.UTF_8)).hasSizeLessThanOrEqualTo(1024);
        assertThat(URLDecoder.decode(URLEncoder.encode(value, StandardCharsets.UTF_8), StandardCharsets.UTF_8))
                .isEqualTo(value);
        assertThat(space.resolve(space.show(key))).isEqualTo(key);
        assertThat(value).doesNotContainPattern("[\\x00-\\x1f\\x7f\\uffff]").endsWith(template.ending());
        TOKENS.forEach(token -> assertThat(value).as("%s", template).doesNotContain(token));
        for (String segment : relative.split("/", -1)) {
            assertThat(segment).isNotIn(".", "..");
            assertThat(segment.getBytes(StandardCharsets.UTF_8)).hasSizeLessThanOrEqualTo(255);
        }
    }

    private static String text(RandomGenerator random, int maxPieces) {
        StringBuilder text = new StringBuilder();
        for (int pieces = random.nextInt(maxPieces + 1); pieces > 0; pieces--) {
            List<String> from = random.nextBoolean() ? TOKENS : OTHERS;
            text.append(from.get(random.nextInt(from.size())));
        }
        return text.toString();
    }
}
