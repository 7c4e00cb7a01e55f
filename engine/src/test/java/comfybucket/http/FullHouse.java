package comfybucket.http;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;

/** A port that neither takes nor refuses connections: nobody accepts those that wait there, and there is no room for more. */
final class FullHouse implements AutoCloseable {
    private final ServerSocket door;
    private final List<Socket> waiting = new ArrayList<>();

    FullHouse() throws IOException {
        this(InetAddress.getLoopbackAddress(), 0);
    }

    /** @param port 0 for any */
    FullHouse(InetAddress address, int port) throws IOException {
        door = new ServerSocket(port, 1, address);
        boolean full = false;
        while (!full && waiting.size() < 100) {
            Socket socket = new Socket();
            waiting.add(socket);
            try {
                socket.connect(new InetSocketAddress(address, door.getLocalPort()), 200);
            } catch (SocketTimeoutException e) {
                full = true;
            }
        }
    }

    int port() {
        return door.getLocalPort();
    }

    @Override
    public void close() throws IOException {
        for (Socket socket : waiting) {
            socket.close();
        }
        door.close();
    }
}
