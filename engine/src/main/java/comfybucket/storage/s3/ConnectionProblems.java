package comfybucket.storage.s3;

import comfybucket.error.Problem;
import comfybucket.http.MalformedReplyException;
import comfybucket.http.TunnelRefusedException;
import java.io.CharConversionException;
import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLException;
import software.amazon.awssdk.core.exception.SdkClientException;

/** The problems behind requests that got no usable answer. */
final class ConnectionProblems {
    private final boolean throughProxy;

    ConnectionProblems(boolean throughProxy) {
        this.throughProxy = throughProxy;
    }

    /** @param values gets what the problem's text needs beyond what it has */
    Problem problem(RuntimeException failure, Map<String, String> values) {
        Optional<RefusedAddressException> refused = Failures.cause(failure, RefusedAddressException.class);
        if (refused.isPresent()) {
            return refused(refused.get(), values);
        }
        Optional<String> garbage = Failures.cause(failure, BadReplyException.class)
                .map(Throwable::getMessage)
                .or(() -> Failures.cause(failure, ReceivedStream.AnswerTooLongException.class)
                        .map(Throwable::getMessage));
        if (garbage.isPresent()) {
            values.put("reason", garbage.get());
            return Problem.STORE_REPLY_UNUSABLE;
        }
        Optional<MalformedReplyException> noHttp = Failures.cause(failure, MalformedReplyException.class);
        if (noHttp.isPresent()) {
            values.put("reason", noHttp.get().getMessage());
            return Problem.STORE_REPLY_UNUSABLE;
        }
        Optional<SSLException> tls = Failures.cause(failure, SSLException.class);
        if (tls.isPresent()) {
            values.put("reason", insecure(tls.get()));
            return Problem.TLS_FAILED;
        }
        Optional<IOException> io = Failures.cause(failure, IOException.class)
                .filter(broken -> !(broken instanceof CharConversionException));
        if (io.isEmpty() && failure instanceof SdkClientException) {
            values.put("reason", "it cannot be read");
            return Problem.STORE_REPLY_UNUSABLE;
        }
        values.put("reason", io.map(ConnectionProblems::unreachable).orElse("unknown"));
        return throughProxy ? Problem.PROXY_FAILED : Problem.ENDPOINT_UNREACHABLE;
    }

    private static Problem refused(RefusedAddressException refused, Map<String, String> values) {
        values.put("host", refused.host());
        values.put("address", refused.address());
        return switch (refused.reason()) {
            case FORBIDDEN -> Problem.ENDPOINT_FORBIDDEN;
            case PLAIN_HTTP -> Problem.ENDPOINT_PLAIN_HTTP;
        };
    }

    private static String insecure(SSLException failure) {
        if (Failures.cause(failure, CertificateExpiredException.class).isPresent()) {
            return "its certificate has expired, or this computer's clock is ahead";
        }
        if (Failures.cause(failure, CertificateNotYetValidException.class).isPresent()) {
            return "its certificate is not valid yet, or this computer's clock is behind";
        }
        if (Failures.cause(failure, CertPathBuilderException.class).isPresent()) {
            return "its certificate is signed by an authority that this computer does not know";
        }
        if (Failures.cause(failure, WrongHostException.class).isPresent()) {
            return "its certificate is for another host";
        }
        String message = String.valueOf(failure.getMessage());
        boolean noTls = message.contains("ecognized SSL message")
                || Failures.cause(failure, EOFException.class).isPresent();
        return noTls ? "it does not speak TLS there, or no version of it that we know" : message;
    }

    private static String unreachable(IOException failure) {
        return switch (failure) {
            case TunnelRefusedException e -> "it answers CONNECT with status " + e.status();
            case UnknownHostException e -> "its name is not known";
            case SocketTimeoutException e -> "it does not take connections in time";
            case NoRouteToHostException e -> "there is no way to it";
            case ConnectException e -> "it refuses connections";
            default -> "the connection breaks";
        };
    }
}
