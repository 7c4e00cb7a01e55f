package comfybucket.provider;

import comfybucket.error.CloudException;
import comfybucket.error.Problem;
import java.net.URI;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A kind of store that users choose by name.
 *
 * @param name as users write it in {@code provider}
 * @param kind who may choose it
 * @param endpoint the address with {@code {region}} and {@code {account_id}} to fill in; empty when only the
 *     settings know it
 * @param jurisdictions addresses for some values of {@code region}, lower case, which are regions to sign for only where
 *     the address has the {@code {region}} too
 * @param domains host names that are this provider's, with all below them
 * @param defaultRegion what is used without {@code region}
 * @param pathStyle whether the bucket is part of the path ({@code true}) or of the host name
 * @param required the settings that it cannot do without
 * @param awsCredentials whether credentials of this machine's AWS settings may be sent there
 * @param keys where a user gets the access key from, for the documentation
 * @param quirks in what it differs
 * @param trial how far this product has been tried on it
 */
public record Provider(
        String name,
        ProviderKind kind,
        Optional<String> endpoint,
        Map<String, String> jurisdictions,
        List<String> domains,
        String defaultRegion,
        boolean pathStyle,
        Set<RequiredSetting> required,
        boolean awsCredentials,
        String keys,
        Map<Quirk, QuirkNote> quirks,
        Trial trial) {
    /** What a profile without {@code provider} means. */
    public static final String DEFAULT = "AWS S3";

    private static final String REGION = "{region}";

    public Provider {
        jurisdictions = Map.copyOf(jurisdictions);
        domains = List.copyOf(domains);
        required = Set.copyOf(required);
        quirks = Collections.unmodifiableMap(quirks.isEmpty() ? Map.of() : new EnumMap<>(quirks));
        boolean byHost = quirks.containsKey(Quirk.VIRTUAL_HOST_STYLE)
                && !quirks.get(Quirk.VIRTUAL_HOST_STYLE).isOpen();
        if (pathStyle == byHost) {
            throw new IllegalArgumentException(name + " needs path style, or the quirk that says why not");
        }
    }

    /** All of them, in the order in which users see them. */
    public static List<Provider> all() {
        return ProviderFile.ALL;
    }

    /**
     * The provider of that name; upper and lower case and blanks around it do not matter.
     *
     * @throws CloudException {@link Problem#PROVIDER_UNKNOWN}
     */
    public static Provider named(String name) {
        return all().stream()
                .filter(provider -> provider.name.equalsIgnoreCase(name.strip()))
                .findFirst()
                .orElseThrow(() -> new CloudException(
                        Problem.PROVIDER_UNKNOWN, Map.of("provider", name.strip(), "providers", names())));
    }

    /** The provider that an address belongs to, or the one for addresses of nobody known. */
    public static Provider at(URI address) {
        return all().stream()
                .filter(provider -> provider.serves(address))
                .findFirst()
                .orElseGet(() -> named("Custom"));
    }

    public boolean has(Quirk quirk) {
        return quirks.containsKey(quirk);
    }

    /** The quirks that every server of this provider has. */
    public Set<Quirk> settledQuirks() {
        return quirks.values().stream()
                .filter(note -> !note.isOpen())
                .map(QuirkNote::quirk)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** The quirks of which each server has to show whether it has them. */
    public Set<Quirk> openQuirks() {
        return quirks.values().stream()
                .filter(QuirkNote::isOpen)
                .map(QuirkNote::quirk)
                .collect(Collectors.toUnmodifiableSet());
    }

    public boolean requires(RequiredSetting setting) {
        return required.contains(setting);
    }

    /**
     * Where this provider's servers are, if that follows from the region and the account.
     *
     * @param region as the user wrote it, or {@link #defaultRegion}
     * @param accountId empty for providers that have none
     */
    public Optional<URI> address(String region, String accountId) {
        return Optional.ofNullable(jurisdictions.get(jurisdiction(region)))
                .or(() -> endpoint)
                .map(template -> URI.create(template.replace(REGION, region).replace("{account_id}", accountId)));
    }

    /** The region to sign for: a jurisdiction is not one. */
    public String signingRegion(String region) {
        String address = jurisdictions.getOrDefault(jurisdiction(region), REGION);
        return address.contains(REGION) ? region : defaultRegion;
    }

    /** Whether an address is this provider's own. */
    public boolean serves(URI address) {
        String host = address.getHost().toLowerCase(Locale.ROOT);
        return domains.stream().anyMatch(domain -> host.equals(domain) || host.endsWith("." + domain));
    }

    /** The region that an address of this provider names, if it names one. */
    public Optional<String> regionIn(URI address) {
        return endpoint.filter(template -> template.contains(REGION))
                .map(template -> {
                    int at = template.indexOf(REGION);
                    String after = Pattern.quote(template.substring(at + REGION.length()));
                    return Pattern.compile(Pattern.quote(template.substring(0, at)) + "([a-z0-9-]+)" + after);
                })
                .map(pattern -> pattern.matcher(address.toString().toLowerCase(Locale.ROOT)))
                .filter(Matcher::matches)
                .map(match -> match.group(1));
    }

    private static String jurisdiction(String region) {
        return region.toLowerCase(Locale.ROOT);
    }

    private static String names() {
        return all().stream().map(Provider::name).collect(Collectors.joining(", "));
    }
}
