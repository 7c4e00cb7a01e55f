package comfybucket.storage.s3;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Which addresses can never be a store's. */
final class Addresses {
    /** Metadata and machine services that are not link-local: Alibaba's, Oracle's, Azure's, and AWS's over IPv6. */
    private static final List<InetAddress> SERVICES = List.of(
            literal("100.100.100.200"), literal("192.0.0.192"), literal("168.63.129.16"), literal("fd00:ec2::254"));

    /** The well-known prefix of addresses that a NAT64 gateway turns into IPv4. */
    private static final byte[] NAT64 = {0, 0x64, (byte) 0xff, (byte) 0x9b, 0, 0, 0, 0, 0, 0, 0, 0};

    private Addresses() {}

    static boolean isForbidden(InetAddress address) {
        InetAddress meant = embeddedIpv4(address).orElse(address);
        return meant.isLinkLocalAddress()
                || meant.isAnyLocalAddress()
                || meant.isMulticastAddress()
                || SERVICES.contains(meant);
    }

    /** The IPv4 address that an IPv6 address leads to; mapped addresses ({@code ::ffff:…}) are IPv4 to Java already. */
    private static Optional<InetAddress> embeddedIpv4(InetAddress address) {
        if (!(address instanceof Inet6Address v6)) {
            return Optional.empty();
        }
        byte[] bytes = v6.getAddress();
        boolean nat64 = Arrays.equals(bytes, 0, NAT64.length, NAT64, 0, NAT64.length);
        if (nat64 || (v6.isIPv4CompatibleAddress() && !v6.isLoopbackAddress() && !v6.isAnyLocalAddress())) {
            return Optional.of(ofBytes(Arrays.copyOfRange(bytes, 12, 16)));
        }
        boolean sixToFour = bytes[0] == 0x20 && bytes[1] == 0x02;
        return sixToFour ? Optional.of(ofBytes(Arrays.copyOfRange(bytes, 2, 6))) : Optional.empty();
    }

    private static InetAddress ofBytes(byte[] bytes) {
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("Four bytes are an address", e);
        }
    }

    private static InetAddress literal(String text) {
        return text.indexOf(':') < 0 ? Inet4Address.ofLiteral(text) : Inet6Address.ofLiteral(text);
    }
}
