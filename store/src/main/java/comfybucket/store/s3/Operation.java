package comfybucket.store.s3;

import comfybucket.store.http.Response;
import java.io.IOException;

/** What S3 can be asked to do. */
@FunctionalInterface
interface Operation {
    /**
     * Does it.
     *
     * @throws S3Exception to answer with one of S3's errors
     */
    Response run(Call call) throws IOException;
}
