package comfybucket.http;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.net.UnknownHostException;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Sets up connections: finds an address that answers, has a proxy open its tunnel, shakes hands. */
final class Connector {
    private final HttpOptions options;
    /** Which of a host's addresses answered last, so that one that is dead costs its time only once. */
    private final Map<String, InetAddress> good = new ConcurrentHashMap<>();

    Connector(HttpOptions options) {
        this.options = options;
    }

    /** The proxy that requests to an origin are handed to as they are. */
    Optional<Proxy> relay(Origin origin) {
        return origin.secure() ? Optional.empty() : options.proxies().apply(origin);
    }

    /** @throws java.net.SocketTimeoutException when it takes too long altogether */
    Connection connect(Origin origin, Lease lease) throws IOException {
        Optional<Proxy> proxy = options.proxies().apply(origin);
        Origin first = proxy.map(Proxy::origin).orElse(origin);
        try (Deadline deadline = new Deadline(options.setup(), lease)) {
            try {
                SocketChannel channel = reach(first, deadline, lease);
                channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
                Connection.dropsUnsentAtItsEnd(channel, true);
                Wire wire = secured(new SocketWire(channel), first);
                if (proxy.isEmpty()) {
                    return new Connection(origin, channel, wire);
                }
                Connection toProxy = new Connection(first, channel, wire);
                if (!origin.secure()) {
                    return toProxy;
                }
                openTunnel(toProxy, origin, proxy.get());
                return new Connection(origin, channel, secured(wire, origin));
            } catch (IOException e) {
                throw deadline.explained(e);
            }
        }
    }

    private Wire secured(Wire wire, Origin server) throws IOException {
        return server.secure() ? TlsWire.open(wire, options.tls().get(), server) : wire;
    }

    private static void openTunnel(Connection proxy, Origin origin, Proxy settings) throws IOException {
        proxy.send(RequestHead.connect(origin, settings));
        ReplyHead answer = ReplyHead.read(proxy.input());
        if (answer.status() >= 300) {
            throw new TunnelRefusedException(answer.status());
        }
        if (!proxy.input().isQuiet()) {
            throw new MalformedReplyException("it speaks before it is asked");
        }
    }

    /** Tries one address after another; each gets an equal share of what is left of the time. */
    private SocketChannel reach(Origin origin, Deadline deadline, Lease lease) throws IOException {
        List<IOException> failures = new ArrayList<>();
        List<InetAddress> addresses = addresses(origin.host());
        for (int tried = 0; tried < addresses.size(); tried++) {
            SocketChannel channel = SocketChannel.open();
            lease.hold(channel);
            Duration share = deadline.left().dividedBy(addresses.size() - tried);
            try {
                InetSocketAddress address = new InetSocketAddress(addresses.get(tried), origin.port());
                channel.socket().connect(address, (int) Math.max(1, share.toMillis()));
                good.put(origin.host(), addresses.get(tried));
                return channel;
            } catch (IOException e) {
                channel.close();
                failures.add(e);
            }
        }
        IOException first = failures.getFirst();
        failures.stream().skip(1).forEach(first::addSuppressed);
        throw first;
    }

    private List<InetAddress> addresses(String host) throws UnknownHostException {
        List<InetAddress> all = new ArrayList<>(Arrays.asList(options.resolver().resolve(host)));
        int known = all.indexOf(good.getOrDefault(host, all.getFirst()));
        Collections.swap(all, 0, Math.max(0, known));
        return all;
    }
}
