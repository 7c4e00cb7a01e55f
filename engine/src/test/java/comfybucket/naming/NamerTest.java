package comfybucket.naming;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import comfybucket.error.CloudException;
import comfybucket.error.Problem;
import comfybucket.storage.KeyPrefix;
import comfybucket.storage.KeySpace;
import comfybucket.storage.ObjectKey;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class NamerTest {
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-03-09T07:05:02Z"), ZoneOffset.UTC);
    private static final KeySpace BUCKET = new KeySpace("bucket", KeyPrefix.NONE);
    private static final KeySpace PREFIXED = new KeySpace("bucket", new KeyPrefix("team/"));
    private static final String SUFFIX = "_[0-9a-hjkmnp-tv-z]{16}";

    private final Namer namer = new Namer(CLOCK, new SplittableRandom(1), Counters.inMemory());

    @Test
    void theOriginalsDefaultGivesTheOriginalsNames() {
        assertThat(firsts(PREFIXED, "comfyui/images/", "ComfyUI_%batch_num%", 3))
                .containsExactly(
                        "team/comfyui/images/ComfyUI_0.png",
                        "team/comfyui/images/ComfyUI_1.png",
                        "team/comfyui/images/ComfyUI_2.png");
    }

    /** Prefix, filename, and what becomes of them; the literal joining is the original's. */
    @ParameterizedTest
    @CsvSource(quoteCharacter = '`', textBlock = """
            a/b/,             c,          a/b/c.png
            a,                b,          ab.png
            ``,               c,          c.png
            /a//b/,           c,          a//b/c.png
            ///,              c,          c.png
            a/,               ``,         a/.png
            a/,               b/c,        a/b/c.png
            %date%/,          %time%,     2026-03-09/070502.png
            ../../a/./,       ..,         __/__/a/_/...png
            ..a/...,          /x,         ..a/.../x.png
            s3://bucket/a/,   b,          a/b.png
            a\\b/,            c,          a\\b/c.png
            ü/日本/,          🐈,         ü/日本/🐈.png
            """)
    void prefixAndFilenameAreOneText(String prefix, String filename, String key) {
        assertThat(firsts(BUCKET, prefix, filename, 1)).containsExactly(key);
    }

    @Test
    void whatNoListingCouldShowBecomesAnUnderscore() {
        assertThat(firsts(BUCKET, "a\u0000b\r\n/", "x\ud83d_\udc08_\uffff\u007f", 1))
                .containsExactly("a_b__/x______.png");
    }

    @Test
    void filesThatTheTemplateDoesNotTellApartAreNumbered() {
        assertThat(firsts(BUCKET, "", "cat", 3)).containsExactly("cat_0.png", "cat_1.png", "cat_2.png");
        assertThat(firsts(BUCKET, "", "cat", 11)).startsWith("cat_00.png").endsWith("cat_10.png");
        assertThat(firsts(BUCKET, "", "cat", 1)).containsExactly("cat.png");
        assertThat(firsts(BUCKET, "%batch_num%/", "cat", 2)).containsExactly("0/cat.png", "1/cat.png");
    }

    @Test
    void filesThatHaveNamesKeepThemAndNothingInThemIsAToken() {
        assertThat(ofFiles("in/%date%/", "", "100%time%.glb", "a.tar.gz", "noending", ".hidden", "x.foo-bar"))
                .containsExactly(
                        "in/2026-03-09/100%time%.glb",
                        "in/2026-03-09/a.tar.gz",
                        "in/2026-03-09/noending",
                        "in/2026-03-09/.hidden",
                        "in/2026-03-09/x.foo-bar");
    }

    @Test
    void filesKeepTheirEndingsUnderAnotherName() {
        assertThat(ofFiles("", "cat%batch_num%", "a.glb", "b.PNG", "c"))
                .containsExactly("cat0.glb", "cat1.PNG", "cat2");
        assertThat(ofFiles("", "cat.GLB", "a.glb")).containsExactly("cat.glb");
        assertThat(ofFiles("", ".glb", "a.glb")).containsExactly(".glb.glb");
    }

    @Test
    void filesOfOneNameAreNumbered() {
        assertThat(ofFiles("", "", "x.png", "x.png", "y.png")).containsExactly("x_0.png", "x_1.png", "y_2.png");
        assertThat(ofFiles("", "cat", "a.png", "b.glb")).containsExactly("cat.png", "cat.glb");
    }

    private List<String> ofFiles(String prefix, String filename, String... own) {
        List<NameTemplate> templates = Stream.of(own)
                .map(name -> NameTemplate.ofFile(prefix, filename, name))
                .toList();
        return namer.names(templates, batch(own.length), BUCKET, Suffix.WHEN_TAKEN).stream()
                .map(name -> name.first().value())
                .toList();
    }

    @Test
    void eachFileHasItsOwnUuidAndAFolderHasOneForTheBatch() {
        List<String> keys = firsts(BUCKET, "%uuid%/", "%uuid%-%uuid%", 4);
        assertThat(keys).doesNotHaveDuplicates().allMatch(key -> key.matches("([0-9a-f]{8})/([0-9a-f]{8})-\\2\\.png"));
        assertThat(keys.stream().map(key -> key.substring(0, 8)).distinct()).hasSize(1);
    }

    @Test
    void countersGoOnWithinASeries() {
        assertThat(firsts(BUCKET, "", "a_%counter%", 2)).containsExactly("a_00001.png", "a_00002.png");
        assertThat(firsts(BUCKET, "", "a_%counter%", 1)).containsExactly("a_00003.png");
        assertThat(firsts(BUCKET, "", "b_%counter%", 1)).containsExactly("b_00001.png");
        assertThat(firsts(PREFIXED, "", "a_%counter%", 1)).containsExactly("team/a_00001.png");
        assertThat(firsts(BUCKET, "%uuid%/", "a_%counter%", 1).getFirst()).endsWith("/a_00001.png");
        assertThat(firsts(BUCKET, "%uuid%/", "a_%counter%", 1).getFirst()).endsWith("/a_00002.png");
    }

    @Test
    void aTakenNameGetsASuffixInTimeOrder() {
        List<ItemName> names =
                namer.names(new NameTemplate("", "cat_%batch_num%", "png"), batch(2), BUCKET, Suffix.WHEN_TAKEN);
        ItemName first = names.getFirst();
        List<String> others =
                Stream.generate(first::another).limit(5).map(ObjectKey::value).toList();
        assertThat(first.first()).hasToString("cat_0.png");
        assertThat(others).isSorted().doesNotHaveDuplicates().allMatch(key -> key.matches("cat_0" + SUFFIX + "\\.png"));
        assertThat(names.get(1).another().value().substring(5))
                .isEqualTo(others.getFirst().substring(5));
        assertThat(names.get(1).another().value().substring(5))
                .isGreaterThan(others.getLast().substring(5));
    }

    @Test
    void aNameThatMustBeFinalAtOnceHasItsSuffixFromTheStart() {
        List<ItemName> names = namer.names(new NameTemplate("", "cat", "png"), batch(2), BUCKET, Suffix.ALWAYS);
        assertThat(names.get(0).first().value()).matches("cat_0" + SUFFIX + "\\.png");
        assertThat(names.get(1).first().value()).matches("cat_1" + SUFFIX + "\\.png");
        assertThat(names.get(0).another()).isGreaterThan(names.get(0).first());
    }

    @Test
    void aUuidInTheTemplateIsUniqueEnough() {
        for (String filename : List.of("%uuid%", "a")) {
            NameTemplate template = new NameTemplate("%uuid%/", filename, "png");
            ItemName name =
                    namer.names(template, batch(1), BUCKET, Suffix.ALWAYS).getFirst();
            assertThat(name.first().value()).doesNotContainPattern(SUFFIX);
            assertThat(name.another().value()).containsPattern(SUFFIX);
        }
    }

    @ParameterizedTest
    @EnumSource
    void onlyRenamingNeedsASuffixAtOnce(OnConflict onConflict) {
        assertThat(Suffix.of(onConflict, true))
                .isEqualTo(onConflict == OnConflict.RENAME ? Suffix.ALWAYS : Suffix.WHEN_TAKEN);
        assertThat(Suffix.of(onConflict, false)).isEqualTo(Suffix.WHEN_TAKEN);
    }

    @Test
    void aLongNameIsCutAndKeepsItsNumberAndItsExtension() {
        List<String> keys = firsts(BUCKET, "x/", "é".repeat(400) + "%batch_num%", 2);
        assertThat(keys).allMatch(key -> key.matches("x/é+_[01]\\.png")).doesNotHaveDuplicates();
        assertThat(keys.getFirst()).hasSizeBetween(110, 130);
    }

    @Test
    void foldersThatLeaveNoRoomForANameAreAnError() {
        String folders = "folder/".repeat(144);
        assertThatThrownBy(() -> firsts(BUCKET, folders, "x", 1))
                .isInstanceOfSatisfying(
                        CloudException.class, e -> assertThat(e.problem()).isEqualTo(Problem.KEY_NOT_STORABLE));
        assertThat(firsts(BUCKET, folders.substring(70), "x".repeat(300), 1)).allMatch(key -> key.endsWith("xx.png"));
    }

    @Test
    void anAddressElsewhereIsAnError() {
        assertThatThrownBy(() -> firsts(PREFIXED, "s3://bucket/", "x", 1))
                .isInstanceOfSatisfying(
                        CloudException.class, e -> assertThat(e.problem()).isEqualTo(Problem.KEY_OUTSIDE));
    }

    @ParameterizedTest
    @CsvSource({"LICENSE, LICENSE", "..., ...", "a/.., a/__", "., _"})
    void aNameWithoutAnExtensionHasNoDot(String filename, String key) {
        NameTemplate template = new NameTemplate("", filename, "");
        assertThat(namer.names(template, batch(1), BUCKET, Suffix.WHEN_TAKEN)
                        .getFirst()
                        .first())
                .hasToString(key);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/", "a/"})
    void noNameAtAllIsAnError(String prefix) {
        NameTemplate template = new NameTemplate(prefix, "", "");
        assertThatThrownBy(() -> namer.names(template, batch(1), PREFIXED, Suffix.WHEN_TAKEN))
                .isInstanceOfSatisfying(
                        CloudException.class, e -> assertThat(e.problem()).isEqualTo(Problem.KEY_EMPTY));
    }

    private List<String> firsts(KeySpace space, String prefix, String filename, int size) {
        return namer.names(new NameTemplate(prefix, filename, "png"), batch(size), space, Suffix.WHEN_TAKEN).stream()
                .map(name -> name.first().value())
                .toList();
    }

    private static Batch batch(int size) {
        return new Batch(size, OptionalInt.of(64), OptionalInt.of(64), Widgets.NONE);
    }
}
