package comfybucket.storage.s3;

import java.security.cert.CertificateException;
import java.util.regex.Pattern;

/** A certificate that is good, for another host. */
final class WrongHostException extends CertificateException {
    /** What Java's check says, which has no type of its own. */
    private static final Pattern MISMATCH = Pattern.compile("No (subject alternative|name matching).*");

    private WrongHostException(CertificateException cause) {
        super(cause.getMessage(), cause);
    }

    /** Whoever trusts the certificate has judged: nobody else could make it another host's. */
    static void requireOther(CertificateException failure) throws WrongHostException {
        if (failure.getMessage() != null
                && MISMATCH.matcher(failure.getMessage()).matches()) {
            throw new WrongHostException(failure);
        }
    }
}
