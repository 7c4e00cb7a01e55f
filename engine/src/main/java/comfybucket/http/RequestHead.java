package comfybucket.http;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** The head of a request as it goes over the wire. */
final class RequestHead {
    private final StringBuilder text = new StringBuilder(1024);

    private RequestHead(String method, String target) {
        text.append(method).append(' ').append(target).append(" HTTP/1.1\r\n");
    }

    /** @param proxy to which the request goes in plain text, and which has to be told where it is to go on to */
    static byte[] of(Request request, Optional<Proxy> proxy) {
        Origin origin = request.origin();
        String before = proxy.isPresent() ? "http://" + origin.authority() : "";
        RequestHead head = new RequestHead(request.method(), before + request.target());
        if (request.headers().stream().noneMatch(header -> header.isNamed("Host"))) {
            head.add("Host", origin.authority());
        }
        proxy.flatMap(Proxy::authorization).ifPresent(value -> head.add("Proxy-Authorization", value));
        request.headers().forEach(header -> head.add(header.name(), header.value()));
        request.body().ifPresent(body -> head.add("Content-Length", Long.toString(body.length())));
        return head.bytes();
    }

    /** Asks a proxy for a tunnel. */
    static byte[] connect(Origin origin, Proxy proxy) {
        String target = origin.host() + ":" + origin.port();
        RequestHead head = new RequestHead("CONNECT", target);
        head.add("Host", target);
        proxy.authorization().ifPresent(value -> head.add("Proxy-Authorization", value));
        return head.bytes();
    }

    private void add(String name, String value) {
        text.append(name).append(": ").append(value).append("\r\n");
    }

    private byte[] bytes() {
        return text.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1);
    }
}
