package comfybucket.storage.s3;

import comfybucket.error.CloudException;
import comfybucket.error.Problem;
import java.util.Map;
import software.amazon.awssdk.core.exception.SdkClientException;

/** There is nobody to sign for. Comes out of the middle of the SDK, which passes on what is one of its own kind. */
final class CredentialsException extends SdkClientException {
    private final transient CloudException translated;

    CredentialsException(Problem problem, Map<String, String> values, Exception cause) {
        super(SdkClientException.builder().message(problem.code()).cause(cause));
        this.translated = new CloudException(problem, values, cause);
    }

    CloudException translated() {
        return translated;
    }
}
