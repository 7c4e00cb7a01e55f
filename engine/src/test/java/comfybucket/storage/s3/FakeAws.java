package comfybucket.storage.s3;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** AWS's token service and the metadata service of its machines, which hand out one pair of keys and note who asks. */
final class FakeAws implements AutoCloseable {
    private final HttpServer server;
    private final String accessKey;
    private final String secretKey;
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private volatile boolean refusing;

    FakeAws(String accessKey, String secretKey) throws IOException {
        this.accessKey = accessKey;
        this.secretKey = secretKey;
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** Such as {@code AssumeRole arn:aws:iam::1:role/r} or {@code GET /latest/…}. */
    List<String> requests() {
        return requests;
    }

    void refuse() {
        refusing = true;
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        if (path.startsWith("/latest/")) {
            requests.add(exchange.getRequestMethod() + " " + path);
            metadata(exchange, path);
        } else {
            String action = body.replaceAll(".*Action=([A-Za-z]+).*", "$1");
            String agent = exchange.getRequestHeaders().getFirst("User-Agent");
            requests.add(action + " " + agent.replaceAll(" .*", "") + " " + body);
            token(exchange, action);
        }
    }

    private void metadata(HttpExchange exchange, String path) throws IOException {
        if (path.equals("/latest/api/token")) {
            exchange.getResponseHeaders().add("x-aws-ec2-metadata-token-ttl-seconds", "600");
            reply(exchange, 200, "token");
        } else if (path.endsWith("/security-credentials/") || path.endsWith("/security-credentials-extended/")) {
            reply(exchange, 200, "machine");
        } else if (path.endsWith("/machine")) {
            reply(exchange, 200, """
                    {"Code": "Success", "AccessKeyId": "%s", "SecretAccessKey": "%s", "Token": "t",
                     "Expiration": "2126-01-01T00:00:00Z", "LastUpdated": "2026-01-01T00:00:00Z"}
                    """.formatted(accessKey, secretKey));
        } else {
            reply(exchange, 404, "");
        }
    }

    private void token(HttpExchange exchange, String action) throws IOException {
        if (refusing) {
            reply(exchange, 403, """
                    <ErrorResponse><Error><Type>Sender</Type><Code>AccessDenied</Code>
                    <Message>User arn:aws:iam::1:user/me is not authorized</Message></Error></ErrorResponse>
                    """);
            return;
        }
        reply(exchange, 200, """
                <%1$sResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><%1$sResult><Credentials>
                <AccessKeyId>%2$s</AccessKeyId><SecretAccessKey>%3$s</SecretAccessKey>
                <SessionToken>session</SessionToken><Expiration>2126-01-01T00:00:00Z</Expiration>
                </Credentials></%1$sResult></%1$sResponse>
                """.formatted(action, accessKey, secretKey));
    }

    private static void reply(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
