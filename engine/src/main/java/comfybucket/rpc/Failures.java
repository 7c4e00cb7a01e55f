package comfybucket.rpc;

import comfybucket.error.CloudException;
import org.eclipse.lsp4j.jsonrpc.ResponseErrorException;
import org.eclipse.lsp4j.jsonrpc.messages.ResponseError;
import org.eclipse.lsp4j.jsonrpc.messages.ResponseErrorCode;

/** What has been thrown, as the error response that the pack shows to the user. */
final class Failures {
    private static final System.Logger LOG = System.getLogger("comfybucket");

    static ResponseErrorException forThePack(Throwable thrown, String request) {
        if (thrown instanceof CloudException problem) {
            return new ResponseErrorException(new ResponseError(
                    Protocol.FAILED,
                    problem.getMessage(),
                    new Protocol.Failure(problem.problem().code())));
        }
        if (thrown instanceof ResponseErrorException ready) {
            return ready;
        }
        LOG.log(System.Logger.Level.ERROR, "Unforeseen failure in " + request, thrown);
        return new ResponseErrorException(new ResponseError(
                ResponseErrorCode.InternalError,
                "The storage engine failed unexpectedly (" + thrown.getClass().getSimpleName() + " in " + request
                        + "). The details are in ComfyUI's log; please report them.",
                null));
    }

    /** For what comes of a request before it reaches a node, such as one without parameters. */
    static ResponseError unforeseen(Throwable thrown) {
        Throwable cause = thrown;
        while (cause.getCause() != null && !(cause instanceof ResponseErrorException)) {
            cause = cause.getCause();
        }
        return forThePack(cause, "a request").getResponseError();
    }

    private Failures() {}
}
