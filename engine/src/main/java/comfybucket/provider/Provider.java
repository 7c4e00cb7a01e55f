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
import java.util.stream.Collectors;

/**
 * A kind of store that users choose by name.
 *
 * @param name as users write it in {@code provider}
 * @param kind who may choose it
 * @param endpoint the address with {@code {region}} and {@code {account_id}} to fill in; empty when the AWS SDK knows it
 *     by region, or when only the user can know it
 * @param jurisdictions addresses that {@code region} chooses by name instead, lower case
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
        String defaultRegion,
        boolean pathStyle,
        Set<RequiredSetting> required,
        boolean awsCredentials,
        String keys,
        Map<Quirk, QuirkNote> quirks,
        Trial trial) {
    /** What a profile without {@code provider} means. */
    public static final String DEFAULT = "AWS S3";

    public Provider {
        jurisdictions = Map.copyOf(jurisdictions);
        required = Set.copyOf(required);
        quirks = Collections.unmodifiableMap(quirks.isEmpty() ? Map.of() : new EnumMap<>(quirks));
        if (pathStyle == quirks.containsKey(Quirk.VIRTUAL_HOST_STYLE)) {
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

    public boolean has(Quirk quirk) {
        return quirks.containsKey(quirk);
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
                .map(template -> URI.create(template.replace("{region}", region).replace("{account_id}", accountId)));
    }

    /** The region to sign for: a jurisdiction is not one. */
    public String signingRegion(String region) {
        return jurisdictions.containsKey(jurisdiction(region)) ? defaultRegion : region;
    }

    private static String jurisdiction(String region) {
        return region.toLowerCase(Locale.ROOT);
    }

    private static String names() {
        return all().stream().map(Provider::name).collect(Collectors.joining(", "));
    }
}
