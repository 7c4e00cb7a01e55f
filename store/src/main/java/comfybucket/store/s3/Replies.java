package comfybucket.store.s3;

import comfybucket.store.http.Body;
import comfybucket.store.http.Response;
import comfybucket.store.xml.XmlWriter;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** What answers have in common. */
final class Replies {
    /** RFC 9110 5.6.7; {@link DateTimeFormatter#RFC_1123_DATE_TIME} would write days with one digit. */
    private static final DateTimeFormatter HTTP_DATE =
            DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ROOT);

    private static final DateTimeFormatter ISO_MILLIS =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT);

    private Replies() {}

    static Response ok() {
        return Response.of(200);
    }

    static Response noContent() {
        return Response.of(204);
    }

    static Response xml(XmlWriter document) {
        return xml(200, document);
    }

    static Response xml(int status, XmlWriter document) {
        return Response.of(status).with("Content-Type", "application/xml").with(new Body.Bytes(document.bytes()));
    }

    static Response error(S3Exception problem, String resource, String requestId) {
        return xml(problem.status(), errorDocument(problem, resource, requestId));
    }

    static XmlWriter errorDocument(S3Exception problem, String resource, String requestId) {
        XmlWriter document = XmlWriter.error()
                .element("Code", problem.code())
                .element("Message", problem.getMessage())
                .element("Resource", resource);
        problem.details().forEach(document::element);
        return document.element("RequestId", requestId);
    }

    static String quoted(String etag) {
        return '"' + etag + '"';
    }

    static String httpDate(Instant time) {
        return HTTP_DATE.format(time.atOffset(ZoneOffset.UTC));
    }

    static String isoDate(Instant time) {
        return ISO_MILLIS.format(time.atOffset(ZoneOffset.UTC));
    }
}
