package comfybucket.profile;

import comfybucket.provider.Provider;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where a store is and how to talk to it.
 *
 * @param endpoint scheme, host, port and perhaps a path, without a final {@code /}; empty where the AWS SDK knows it by
 *     region, and for the Local store, which has none before it runs
 * @param region to sign for
 * @param pathStyle whether the bucket goes into the path instead of the host name
 * @param styleIsOpen whether {@code pathStyle} is a guess that the store may correct
 * @param allowHttp whether the user accepts that others on the way can read everything
 * @param caBundle certificates in PEM to trust besides the system's
 */
public record Address(
        Provider provider,
        Optional<URI> endpoint,
        String region,
        boolean pathStyle,
        boolean styleIsOpen,
        boolean allowHttp,
        Optional<Path> caBundle) {
    public Address withPathStyle(boolean wanted) {
        return new Address(provider, endpoint, region, wanted, false, allowHttp, caBundle);
    }

    /** The same place by another provider's rules. */
    public Address withProvider(Provider rules) {
        return new Address(rules, endpoint, region, pathStyle, styleIsOpen, allowHttp, caBundle);
    }
}
