package comfybucket.http;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** Knows where hosts are, and which must not be gone to. Asked for every new connection. */
public interface Resolver {
    /** At least one address, in the order in which they are to be tried. */
    InetAddress[] resolve(String host) throws UnknownHostException;
}
