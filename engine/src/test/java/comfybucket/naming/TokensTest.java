package comfybucket.naming;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TokensTest {
    private static final ZonedDateTime NOW = ZonedDateTime.of(2026, 3, 9, 7, 5, 2, 0, ZoneId.of("Asia/Kolkata"));
    private static final Widgets WIDGETS = (node, widget) -> Optional.of(node + "/" + widget)
            .filter(found -> found.equals("KSampler/seed") || found.equals("v1.5 loader/name"))
            .map(found -> found.equals("KSampler/seed") ? "42" : "a/b:c%date%");

    @ParameterizedTest
    @CsvSource(quoteCharacter = '`', textBlock = """
            %batch_num%,                    3
            %date%,                         2026-03-09
            %time%,                         070502
            %uuid%,                         89abcdef
            %counter%,                      00017
            %year%-%month%-%day%,           2026-03-09
            %hour%.%minute%.%second%,       07.05.02
            %width%x%height%,               1024x768
            %KSampler.seed%,                42
            %v1.5 loader.name%,             a_b_c%date%
            %date:yyyy-MM-dd%,              2026-03-09
            %date:yyyy/MM/dd hh-mm-ss%,     2026/03/09 07-05-02
            %date:d.M.yy h.m.s%,            9.3.26 7.5.2
            %date:yyy%,                     yyy
            %date:%,                        ``
            %date:Kyoto ok%,                Kyoto ok
            %batch_num%%batch_num%,         33
            100% %date%,                    100% 2026-03-09
            %%date%%,                       %2026-03-09%
            %unknown%,                      %unknown%
            %unknown%date%,                 %unknown2026-03-09
            %KSampler.steps%,               %KSampler.steps%
            %nobody.seed%,                  %nobody.seed%
            %.%,                            %.%
            %Date%,                         %Date%
            %,                              %
            plain,                          plain
            """)
    void replacesWhatItKnowsAndLeavesTheRest(String template, String expected) {
        assertThat(tokens(OptionalInt.of(1024)).expand(template)).isEqualTo(expected);
    }

    @Test
    void whatHasNoPixelsHasNoWidth() {
        assertThat(tokens(OptionalInt.empty()).expand("%width%")).isEqualTo("%width%");
    }

    @Test
    void digitsDoNotDependOnTheLanguage() {
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
            assertThat(tokens(OptionalInt.of(8)).expand("%month%%width%%date%")).isEqualTo("0382026-03-09");
        } finally {
            Locale.setDefault(before);
        }
    }

    private static Tokens tokens(OptionalInt width) {
        return new Tokens(new Batch(8, width, OptionalInt.of(768), WIDGETS), () -> NOW, "89abcdef", 3, "00017");
    }
}
