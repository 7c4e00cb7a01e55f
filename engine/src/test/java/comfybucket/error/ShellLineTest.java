package comfybucket.error;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShellLineTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            Linux      | export COMFY_S3_BUCKET="<bucket>" | ~/.bashrc
            FreeBSD    | export COMFY_S3_BUCKET="<bucket>" | ~/.bashrc
            Mac OS X   | export COMFY_S3_BUCKET="<bucket>" | ~/.zshrc
            Windows 11 | setx COMFY_S3_BUCKET "<bucket>"   | $env:COMFY_S3_BUCKET="<bucket>"
            """)
    void namesTheCommandOfTheUsersSystem(String osName, String command, String alsoNamed) {
        assertThat(ShellLine.of(osName).set("COMFY_S3_BUCKET", "<bucket>")).contains(command, alsoNamed);
    }
}
