package comfybucket.doctor;

import comfybucket.error.CloudException;

/**
 * What a check came to.
 *
 * @param check its name
 * @param message what is the case and, unless all is well, what to change
 */
public record Finding(String check, Verdict verdict, String message) {
    /** How good or bad it is. */
    public enum Verdict {
        GOOD,
        /** It works, but somebody should know. */
        WARNING,
        /** Something that the nodes need does not work. */
        BAD,
        /** Not looked at. */
        SKIPPED
    }

    static Finding good(Check check, String message) {
        return new Finding(check.name(), Verdict.GOOD, message);
    }

    static Finding warning(Check check, String message) {
        return new Finding(check.name(), Verdict.WARNING, message);
    }

    static Finding bad(Check check, String message) {
        return new Finding(check.name(), Verdict.BAD, message);
    }

    /** The catalogue's texts say what to do. */
    static Finding bad(Check check, CloudException problem) {
        return bad(check, problem.getMessage());
    }

    static Finding skipped(Check check, String reason) {
        return new Finding(check.name(), Verdict.SKIPPED, reason);
    }
}
