package comfybucket.store.s3;

import comfybucket.store.checksum.ChecksumAlgorithm;
import comfybucket.store.disk.ObjectMeta;
import comfybucket.store.http.Response;
import comfybucket.store.xml.XmlWriter;
import java.util.Optional;

/** How answers tell an object's checksum. */
final class ChecksumHeaders {
    private ChecksumHeaders() {}

    static Response add(Response response, Optional<ObjectMeta.Checksum> checksum) {
        return checksum.map(sum -> response.with(header(sum), sum.value()).with("x-amz-checksum-type", sum.type()))
                .orElse(response);
    }

    /** Without the type, as it is told of a single part. */
    static Response addPlain(Response response, Optional<ObjectMeta.Checksum> checksum) {
        return checksum.map(sum -> response.with(header(sum), sum.value())).orElse(response);
    }

    private static String header(ObjectMeta.Checksum checksum) {
        return ChecksumAlgorithm.valueOf(checksum.algorithm()).header();
    }

    static void write(XmlWriter xml, Optional<ObjectMeta.Checksum> checksum) {
        checksum.ifPresent(sum -> xml.element("Checksum" + sum.algorithm(), sum.value()));
    }
}
