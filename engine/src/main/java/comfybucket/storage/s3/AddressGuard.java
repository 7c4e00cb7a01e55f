package comfybucket.storage.s3;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Optional;
import org.apache.hc.client5.http.DnsResolver;

/**
 * Decides about every address right before it is connected to, so that no spelling of a host and no change of its DNS
 * entry leads to where a store cannot be: to link-local addresses and the metadata services of clouds, which hand out
 * credentials, or in plain text over a network.
 */
final class AddressGuard implements DnsResolver {
    private final S3Connection connection;
    private final Optional<String> proxyHost;

    AddressGuard(S3Connection connection, Optional<URI> proxy) {
        this.connection = connection;
        this.proxyHost = proxy.map(URI::getHost);
    }

    @Override
    public InetAddress[] resolve(String host) throws UnknownHostException {
        InetAddress[] addresses = InetAddress.getAllByName(host);
        boolean toProxy = proxyHost.map(host::equalsIgnoreCase).orElse(false);
        for (InetAddress address : addresses) {
            if (Addresses.isForbidden(address)) {
                throw new RefusedAddressException(host, address, RefusedAddressException.Reason.FORBIDDEN);
            }
            if (connection.isPlainHttp() && !connection.allowHttp() && !toProxy && !address.isLoopbackAddress()) {
                throw new RefusedAddressException(host, address, RefusedAddressException.Reason.PLAIN_HTTP);
            }
        }
        return addresses;
    }

    @Override
    public String resolveCanonicalHostname(String host) {
        return host;
    }
}
