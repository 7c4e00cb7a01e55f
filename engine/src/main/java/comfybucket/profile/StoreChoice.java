package comfybucket.profile;

import comfybucket.error.CloudException;
import comfybucket.error.Problem;
import comfybucket.provider.Provider;
import comfybucket.provider.ProviderKind;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * Which store is meant: provider, endpoint, region and account id from the one layer that names the provider or the
 * endpoint, or a preset that a node chose in their place.
 *
 * @param layer where they come from; says nothing for a node's preset
 * @param overridden whether a node chose
 */
record StoreChoice(Layer layer, Provider provider, boolean overridden) {
    static StoreChoice of(Layer named, Layer environment) {
        Layer layer = named.says(Field.PROVIDER, Field.ENDPOINT_URL)
                ? named
                : environment.says(Field.PROVIDER, Field.ENDPOINT_URL)
                        ? environment
                        : named.says(Field.REGION, Field.ACCOUNT_ID) ? named : environment;
        return new StoreChoice(layer, provider(layer), false);
    }

    /**
     * The same with a node's provider. One that is the settings' own anyway changes nothing.
     *
     * @throws CloudException {@link Problem#PROVIDER_UNKNOWN} or {@link Problem#PROVIDER_OVERRIDE_REFUSED}
     */
    StoreChoice override(String wanted, String profile, Path file) {
        Provider chosen = Provider.named(wanted);
        if (chosen.equals(provider)) {
            return this;
        }
        return switch (chosen.kind()) {
            case PRESET -> new StoreChoice(Layer.EMPTY, chosen, true);
            case CUSTOM, LOCAL ->
                throw new CloudException(
                        Problem.PROVIDER_OVERRIDE_REFUSED,
                        Map.of("profile", profile, "provider", chosen.name(), "profiles_file", file.toString()));
        };
    }

    boolean isLocal() {
        return provider.kind() == ProviderKind.LOCAL;
    }

    /** The region as it is written, found in the address, or the provider's own. */
    String region() {
        return layer.get(Field.REGION)
                .or(() -> layer.get(Field.ENDPOINT_URL).flatMap(provider::regionIn))
                .orElse(provider.defaultRegion());
    }

    Optional<String> accountId() {
        return layer.get(Field.ACCOUNT_ID);
    }

    Optional<URI> ownEndpoint() {
        return layer.get(Field.ENDPOINT_URL);
    }

    /** The endpoint that was written, or what the provider has for the region; empty where only the former helps. */
    Optional<URI> endpoint() {
        return ownEndpoint().or(() -> provider.address(region(), accountId().orElse("")));
    }

    private static Provider provider(Layer layer) {
        return layer.get(Field.PROVIDER)
                .map(Provider::named)
                .or(() -> layer.get(Field.ENDPOINT_URL).map(Provider::at))
                .orElseGet(() -> Provider.named(Provider.DEFAULT));
    }
}
