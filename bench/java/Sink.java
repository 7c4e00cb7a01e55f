import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.net.ServerSocketFactory;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/**
 * An S3 store that costs next to nothing, so that clients are measured and not a server: it reads what is uploaded, counts
 * it and forgets it, and makes up what is downloaded ({@link SinkObject}). It checks neither signatures nor checksums. Started with a PKCS #12 file and its password it speaks
 * TLS; without arguments plain HTTP. It says its port on stdout and serves until it is killed.
 */
void main(String[] arguments) throws IOException, GeneralSecurityException {
    try (ServerSocket server =
            factory(arguments).createServerSocket(0, 512, InetAddress.getLoopbackAddress())) {
        System.out.println(server.getLocalPort());
        while (true) {
            Socket socket = server.accept();
            Thread.ofPlatform().daemon().start(() -> serve(socket));
        }
    }
}

/** The size of each object, by its path: bucket and key. */
final NavigableMap<String, Long> objects = new ConcurrentSkipListMap<>();

/** For each upload the size of each part. */
final Map<String, Map<Integer, Long>> uploads = new ConcurrentHashMap<>();

final AtomicLong numbers = new AtomicLong();

static final int BUFFER = 1 << 18;

static ServerSocketFactory factory(String[] arguments) throws IOException, GeneralSecurityException {
    if (arguments.length == 0) {
        return ServerSocketFactory.getDefault();
    }
    KeyStore keys = KeyStore.getInstance("PKCS12");
    char[] password = arguments[1].toCharArray();
    try (InputStream file = Files.newInputStream(Path.of(arguments[0]))) {
        keys.load(file, password);
    }
    KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    managers.init(keys, password);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(managers.getKeyManagers(), null, null);
    return context.getServerSocketFactory();
}

record Answer(int status, String etag, String body) {}

void serve(Socket socket) {
    byte[] buffer = new byte[BUFFER];
    try (socket) {
        socket.setTcpNoDelay(true);
        InputStream in = new BufferedInputStream(socket.getInputStream(), 1 << 16);
        OutputStream out = socket.getOutputStream();
        for (SinkRequest request = SinkRequest.read(in); request != null; request = SinkRequest.read(in)) {
            if (request.header("expect").equalsIgnoreCase("100-continue")) {
                out.write("HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            }
            Optional<SinkObject> made = SinkObject.find(request.path());
            if (made.isPresent()) {
                made.get().answer(request, out);
                continue;
            }
            Answer answer = answer(request, request.body(in), buffer);
            boolean headOnly = request.method().equals("HEAD");
            out.write(text(answer, headOnly ? objects.getOrDefault(request.path(), 0L) : answer.body().length(), headOnly));
        }
    } catch (SocketException | EOFException gone) {
        // Clients close connections when they like.
    } catch (IOException broken) {
        System.err.println(broken);
    }
}

static byte[] text(Answer answer, long length, boolean headOnly) {
    String text = "HTTP/1.1 " + answer.status() + " Answer\r\nContent-Type: application/xml\r\nContent-Length: " + length
            + "\r\nLast-Modified: Thu, 01 Jan 2026 00:00:00 GMT\r\nETag: \"" + answer.etag() + "\"\r\n\r\n"
            + (headOnly ? "" : answer.body());
    return text.getBytes(StandardCharsets.US_ASCII);
}

Answer answer(SinkRequest request, InputStream body, byte[] buffer) throws IOException {
    Map<String, String> query = request.query();
    String etag = Long.toHexString(numbers.incrementAndGet());
    return switch (request.method()) {
        case "PUT" -> {
            long size = count(body, buffer);
            if (query.containsKey("uploadId")) {
                uploads.get(query.get("uploadId")).put(Integer.valueOf(query.get("partNumber")), size);
            } else {
                objects.put(request.path(), size);
            }
            yield new Answer(200, etag, "");
        }
        case "POST" -> {
            String document = new String(body.readAllBytes(), StandardCharsets.UTF_8);
            if (query.containsKey("uploads")) {
                uploads.put(etag, new ConcurrentHashMap<>());
                yield new Answer(200, etag, document("InitiateMultipartUpload", "<UploadId>" + etag + "</UploadId>"));
            }
            if (query.containsKey("uploadId")) {
                objects.put(request.path(), sum(uploads.remove(query.get("uploadId")), document));
                yield new Answer(200, etag, document("CompleteMultipartUpload", "<ETag>\"" + etag + "\"</ETag>"));
            }
            values("Key", document).forEach(key -> objects.remove(request.path().replaceFirst("/?$", "/") + key));
            yield new Answer(200, etag, document("Delete", ""));
        }
        case "HEAD" -> new Answer(isThere(request.path()) ? 200 : 404, etag, "");
        case "GET" -> new Answer(200, etag, list(request.path().replaceFirst("/?$", "/"), query));
        case "DELETE" -> {
            objects.remove(request.path());
            uploads.remove(query.getOrDefault("uploadId", ""));
            yield new Answer(204, etag, "");
        }
        default -> throw new IOException("Unknown method: " + request.method());
    };
}

/** A path without a key is a bucket, and there are all of them. */
boolean isThere(String path) {
    return path.indexOf('/', 1) < 0 || objects.containsKey(path);
}

static String document(String name, String content) {
    return "<?xml version=\"1.0\"?><" + name + "Result xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\">" + content + "</"
            + name + "Result>";
}

static Stream<String> values(String element, String document) {
    Matcher found = Pattern.compile("<" + element + ">([^<]*)</" + element + ">").matcher(document);
    return found.results().map(result -> result.group(1));
}

/** What an upload has become: all the parts that are named when it is completed. */
static long sum(Map<Integer, Long> parts, String document) {
    return values("PartNumber", document).mapToLong(number -> parts.get(Integer.valueOf(number))).sum();
}

String list(String bucket, Map<String, String> query) {
    String prefix = bucket + query.getOrDefault("prefix", "");
    StringBuilder entries = new StringBuilder();
    String last = query.getOrDefault("continuation-token", "");
    int count = 0;
    for (Map.Entry<String, Long> object : objects.tailMap(last.isEmpty() ? prefix : bucket + last, last.isEmpty()).entrySet()) {
        if (!object.getKey().startsWith(prefix)) {
            break;
        }
        if (count++ == 1000) {
            return listing(entries + "<IsTruncated>true</IsTruncated><NextContinuationToken>" + last
                    + "</NextContinuationToken>");
        }
        last = object.getKey().substring(bucket.length());
        entries.append("<Contents><Key>").append(last).append("</Key><Size>").append(object.getValue())
                .append("</Size><LastModified>2026-01-01T00:00:00.000Z</LastModified><ETag>\"0\"</ETag></Contents>");
    }
    return listing(entries + "<IsTruncated>false</IsTruncated>");
}

static String listing(String content) {
    return document("ListBucket", content);
}

static long count(InputStream body, byte[] buffer) throws IOException {
    long all = 0;
    for (int count = body.read(buffer); count >= 0; count = body.read(buffer)) {
        all += count;
    }
    return all;
}
