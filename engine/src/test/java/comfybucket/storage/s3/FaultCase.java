package comfybucket.storage.s3;

import static comfybucket.error.Problem.CHECKSUM_MISMATCH;
import static comfybucket.error.Problem.CLOCK_SKEWED;
import static comfybucket.error.Problem.ENDPOINT_UNREACHABLE;
import static comfybucket.error.Problem.RANGE_NOT_IN_OBJECT;
import static comfybucket.error.Problem.STORE_BUSY;
import static comfybucket.error.Problem.STORE_FAILED;
import static comfybucket.error.Problem.STORE_REFUSED;
import static comfybucket.error.Problem.STORE_REPLY_UNUSABLE;
import static comfybucket.error.Problem.STORE_SILENT;

import comfybucket.error.Problem;
import comfybucket.store.faults.Fault;
import comfybucket.store.faults.FaultPlan;
import comfybucket.store.faults.Position;
import java.util.Set;

/**
 * An operation and what strikes it.
 *
 * @param stays the fault strikes every request, not only the first
 */
record FaultCase(PortOperation operation, Fault fault, Position position, boolean stays) {
    FaultPlan plan() {
        return stays ? FaultPlan.always(fault, position) : FaultPlan.once(fault, position);
    }

    /** Whether it is only over when the store's silence was long enough. */
    boolean takesSilence() {
        return switch (fault) {
            case SILENCE, DRIP, TOO_SHORT -> true;
            default -> false;
        };
    }

    /** Whether most of its time is spent waiting. */
    boolean waits() {
        return takesSilence() || fault == Fault.BUSY_FOR_A_SECOND || fault == Fault.TOO_MANY_FOR_A_SECOND;
    }

    /** Whether there is anything that the fault could damage. */
    boolean hasPlace() {
        return switch (fault) {
            case FLIPPED_UP ->
                switch (operation) {
                    case PUT, CREATE, CREATE_TAKEN, UPLOAD_PART, COMPLETE, COMPLETE_CREATE -> true;
                    default -> false;
                };
            case FLIPPED_DOWN, CLEAN_END, TOO_SHORT ->
                switch (operation) {
                    case HEAD, CHECK_BUCKET, PUT, CREATE, DELETE, UPLOAD_PART, ABORT -> false;
                    default -> true;
                };
            default -> true;
        };
    }

    /** Whether the outcome may be wrong, because nothing in S3 protects what was damaged. */
    boolean isBeyondUs() {
        boolean aPieceOrAText = switch (operation) {
            case GET_RANGE, COPY, LIST, LIST_PARTS, LIST_UPLOADS -> true;
            case CREATE_UPLOAD, COMPLETE, COMPLETE_CREATE -> true;
            default -> false;
        };
        return fault == Fault.FLIPPED_DOWN && aPieceOrAText;
    }

    /** Whether the operation may succeed: after one fault it nearly always must. */
    boolean maySucceed() {
        return switch (fault) {
            case WRONG_CLOCK -> false;
            case FLIPPED_DOWN, CLEAN_END -> operation != PortOperation.GET;
            case TOO_LONG, WRONG_DATE, GARBAGE, CUT, DRIP, TOO_SHORT, FLIPPED_UP -> true;
            // A status line is enough where nothing more is awaited.
            case RESET, HANG_UP -> !stays || position == Position.MIDDLE;
            case ERROR_IN_SUCCESS -> !stays || operation == PortOperation.CHECK_BUCKET;
            default -> !stays;
        };
    }

    /** What it may end with otherwise. */
    Set<Problem> problems() {
        return switch (fault) {
            case WRONG_CLOCK -> Set.of(CLOCK_SKEWED);
            case FLIPPED_DOWN ->
                operation == PortOperation.GET ? Set.of(CHECKSUM_MISMATCH) : whenItStays(STORE_REPLY_UNUSABLE);
            case TOO_LONG ->
                operation == PortOperation.GET ? Set.of(RANGE_NOT_IN_OBJECT) : whenItStays(STORE_REPLY_UNUSABLE);
            case CLEAN_END, TOO_SHORT ->
                operation == PortOperation.GET
                        ? Set.of(CHECKSUM_MISMATCH)
                        : whenItStays(STORE_REPLY_UNUSABLE, STORE_SILENT, ENDPOINT_UNREACHABLE);
            case INTERNAL_ERROR, BARE_ERROR, BAD_GATEWAY, GATEWAY_TIMEOUT -> whenItStays(STORE_FAILED);
            case BUSY, BUSY_FOR_A_SECOND, TOO_MANY_REQUESTS, TOO_MANY_FOR_A_SECOND -> whenItStays(STORE_BUSY);
            case REQUEST_TIMEOUT, FLIPPED_UP -> whenItStays(STORE_REFUSED);
            case ERROR_IN_SUCCESS -> whenItStays(STORE_FAILED, STORE_REPLY_UNUSABLE);
            case SILENCE, DRIP -> whenItStays(STORE_SILENT);
            case RESET, HANG_UP, CUT, GARBAGE -> whenItStays(ENDPOINT_UNREACHABLE, STORE_REPLY_UNUSABLE);
            case WRONG_DATE -> Set.of();
        };
    }

    private Set<Problem> whenItStays(Problem... problems) {
        return stays ? Set.of(problems) : Set.of();
    }

    @Override
    public String toString() {
        return operation + " and " + fault + " " + position + (stays ? " each time" : " once");
    }
}
