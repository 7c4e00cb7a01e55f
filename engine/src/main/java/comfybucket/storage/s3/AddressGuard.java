package comfybucket.storage.s3;

import comfybucket.http.Resolver;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;

/**
 * Decides about every address right before it is connected to, so that no spelling of a host and no change of its DNS
 * entry leads to where a store cannot be: to link-local addresses and the metadata services of clouds, which hand out
 * credentials, or in plain text over a network.
 */
final class AddressGuard implements Resolver {
    /** No name ends in a number, in decimal, octal or hexadecimal digits; colons are in addresses only. */
    private static final Pattern ADDRESS =
            Pattern.compile("(.*\\.)?([0-9]+|0x[0-9a-f]*)\\.?|.*:.*", Pattern.CASE_INSENSITIVE);

    private final S3Connection connection;
    private final Optional<String> proxyHost;
    private final Duration patience;
    private final Names names;

    /** Where names lead, as a system's resolver has it. */
    interface Names {
        InetAddress[] addresses(String host) throws UnknownHostException;
    }

    /** @param patience for an answer of the DNS */
    AddressGuard(S3Connection connection, Optional<URI> proxy, Duration patience, Names names) {
        this.connection = connection;
        this.names = names;
        this.proxyHost = proxy.map(URI::getHost);
        this.patience = patience;
    }

    @Override
    public InetAddress[] resolve(String host) throws UnknownHostException {
        InetAddress[] addresses =
                isLocalhost(host) ? new InetAddress[] {InetAddress.getLoopbackAddress()} : lookUp(host);
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

    /** Whether a host is no name, in whatever spelling. */
    static boolean isAddress(String host) {
        return ADDRESS.matcher(host).matches();
    }

    /**
     * For a host that a proxy will connect to. Names are the proxy's to look up, and may be known to nobody else; an
     * address, in whatever spelling, can be judged here.
     */
    void requireAllowedBehindProxy(String host) throws UnknownHostException {
        if (!isAddress(host)) {
            return;
        }
        for (InetAddress address : lookUp(host.replaceAll("[\\[\\]]", ""))) {
            if (Addresses.isForbidden(address)) {
                throw new RefusedAddressException(host, address, RefusedAddressException.Reason.FORBIDDEN);
            }
        }
    }

    /** Names below localhost are this machine's, whatever a DNS says, and most do not know them (RFC 6761, 6.3). */
    private static boolean isLocalhost(String host) {
        return host.toLowerCase(Locale.ROOT).endsWith(".localhost");
    }

    /** On another thread, because the system's own look-up can neither be interrupted nor be given a time limit. */
    private InetAddress[] lookUp(String host) throws UnknownHostException {
        FutureTask<InetAddress[]> task = new FutureTask<>(() -> names.addresses(host));
        Thread.ofVirtual().name("look up " + host).start(task);
        try {
            return task.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unknown(host, e);
        } catch (TimeoutException | ExecutionException e) {
            throw unknown(host, e);
        }
    }

    private static UnknownHostException unknown(String host, Exception cause) {
        UnknownHostException unknown = new UnknownHostException(host);
        unknown.initCause(cause);
        return unknown;
    }
}
