package comfybucket.provider;

import comfybucket.error.GeneratedPage;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ProvidersPageTest {
    @Test
    void docsShowTheDataAsItIs() throws IOException {
        StringBuilder page = new StringBuilder("""
                # Providers

                What is known about each provider, and what the engine does about it. Generated from the data files in
                `engine/src/main/resources/comfybucket/provider/`.

                | provider | default region | address | needs | bucket in the | tried on |
                |---|---|---|---|---|---|
                """);
        for (Provider provider : Provider.all()) {
            page.append("| %s | `%s` | %s | %s | %s | %s |\n"
                    .formatted(
                            provider.name(),
                            provider.defaultRegion(),
                            address(provider),
                            needs(provider),
                            provider.pathStyle() ? "path" : "host name",
                            provider.trial().on()));
        }
        page.append("""

                An `endpoint_url` in the settings takes the place of a provider's own address.

                Known to behave like that from others' reports only: marked with ◐.
                """);
        Provider.all().forEach(provider -> section(page, provider));
        GeneratedPage.check("providers.md", page.toString());
    }

    private static void section(StringBuilder page, Provider provider) {
        page.append("\n## ").append(provider.name()).append("\n\nKeys: ");
        page.append(provider.keys()).append('\n');
        if (provider.quirks().isEmpty()) {
            return;
        }
        page.append("\n| what the store does | so the engine |\n|---|---|\n");
        provider.quirks()
                .values()
                .forEach(note -> page.append("| %s%s | %s |\n"
                        .formatted(
                                note.secondHand() ? "◐ " : "",
                                note.reason(),
                                note.quirk().rule())));
    }

    private static String address(Provider provider) {
        if (provider.endpoint().isEmpty()) {
            return switch (provider.kind()) {
                case PRESET, CUSTOM -> "yours";
                case LOCAL -> "this machine";
            };
        }
        StringBuilder cell = new StringBuilder("`" + provider.endpoint().get() + "`");
        provider.jurisdictions().entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(entry -> cell.append("; region `%s`: `%s`".formatted(entry.getKey(), entry.getValue())));
        return cell.toString();
    }

    private static String needs(Provider provider) {
        return switch (provider.kind()) {
            case LOCAL -> "nothing";
            case PRESET, CUSTOM ->
                provider.requires(RequiredSetting.ACCOUNT_ID)
                        ? "keys, account_id"
                        : provider.requires(RequiredSetting.ENDPOINT_URL) ? "keys, endpoint_url" : "keys";
        };
    }
}
