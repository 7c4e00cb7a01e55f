package comfybucket.storage.s3;

import comfybucket.error.CloudException;
import comfybucket.error.Problem;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/** Turns what went wrong with a request, in the SDK's and the store's words, into an entry of the catalogue. */
final class Translator {
    private final S3Connection connection;
    private final Optional<URI> proxy;
    private final AnswerProblems answers;
    private final ConnectionProblems connections;

    Translator(S3Connection connection, ProxySettings proxies) {
        this.connection = connection;
        this.proxy = proxies.proxyFor(connection.endpoint()).map(ProxySettings::withoutUser);
        this.answers = new AnswerProblems(connection, proxy.isPresent());
        this.connections = new ConnectionProblems(proxy.isPresent());
    }

    CloudException translate(RuntimeException failure, Action action, Exchange exchange) {
        return Failures.cause(failure, PayloadException.class)
                .map(PayloadException::translated)
                .or(() -> Failures.cause(failure, CredentialsException.class).map(CredentialsException::translated))
                .orElseGet(() -> ofTheStore(failure, action, exchange));
    }

    private CloudException ofTheStore(RuntimeException failure, Action action, Exchange exchange) {
        Map<String, String> values = new HashMap<>(Map.of(
                "endpoint", connection.endpoint().toString(),
                "bucket", connection.bucket(),
                "region", connection.region(),
                "target", action.target(),
                "uri", action.target(),
                "action", action.operation().title(),
                "proxy", proxy.map(URI::toString).orElse("between here and there"),
                "right", action.operation().right()));
        Problem problem;
        if (exchange.expired()) {
            values.put("seconds", Long.toString(exchange.silence().toSeconds()));
            problem = Problem.STORE_SILENT;
        } else if (failure instanceof AwsServiceException answer) {
            problem = answers.problem(answer, action.operation(), values);
        } else {
            problem = connections.problem(failure, values);
        }
        return new CloudException(problem, values, failure);
    }
}
