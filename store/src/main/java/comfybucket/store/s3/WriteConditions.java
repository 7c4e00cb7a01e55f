package comfybucket.store.s3;

import comfybucket.store.disk.Precondition;
import java.util.Optional;

/** The conditions under which a write happens: {@code If-None-Match: *} and {@code If-Match}. */
final class WriteConditions {
    private WriteConditions() {}

    static Precondition of(Call call) {
        Optional<String> absent = call.header("If-None-Match");
        Optional<String> present = call.header("If-Match");
        if (absent.isPresent()) {
            if (!absent.get().equals("*") || present.isPresent()) {
                throw new S3Exception(ErrorCode.NotImplemented, "A write takes If-None-Match: * or If-Match: ETag.");
            }
            return Precondition.ABSENT;
        }
        return present.<Precondition>map(
                        etags -> new Precondition.Present(meta -> ReadConditions.matches(etags, meta.etag())))
                .orElse(Precondition.NONE);
    }
}
