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

                Where a quirk is marked with ◐, a server may turn out not to have it: others have reported it, nobody has
                documented it, or it differs from server to server. The engine finds that out when it first needs to know,
                from what the store answers, or with a few small objects below `.comfy-bucket-probe/` under the profile's
                `path_prefix`, which it removes again. It remembers the answer for 30 days for the endpoint, the bucket and
                the access key, in files that only you can read in the system's folder for caches (`comfy-bucket/stores/`);
                `doctor` asks anew. Until it is known, and for good where a profile is read-only or may not delete, the
                quirk is taken to be there, which is the careful side; the bucket is then looked for in the path.
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
        page.append("\n| what the store does | how sure that is | so the engine |\n|---|---|---|\n");
        provider.quirks()
                .values()
                .forEach(note -> page.append("| %s | %s%s | %s |\n"
                        .formatted(
                                note.reason(),
                                note.certainty().words(),
                                note.isOpen() ? " ◐" : "",
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
