package comfybucket.cli;

import comfybucket.error.Problem;
import java.util.EnumSet;
import java.util.Set;

/** What a command's end means to a script. The numbers are in {@code docs/command-line.md} and stay as they are. */
enum ExitCode {
    OK(0),
    /** Whatever has no number of its own. */
    FAILED(1),
    /** The command line was not understood. */
    USAGE(2),
    // 3 is the launcher's: there is no engine to run.
    NOT_FOUND(4),
    DENIED(5),
    /** Something is missing or wrong in the settings. */
    SETTINGS(6),
    UNREACHABLE(7),
    /** Of several objects or files some failed and the others are done. */
    PARTLY(8),
    /** The key or the file is taken, and nothing was replaced. */
    TAKEN(9),
    /** Stopped by Ctrl-C, as shells count it: 128 + SIGINT. */
    INTERRUPTED(130);

    private static final Set<Problem> NOT_THERE = EnumSet.of(
            Problem.OBJECT_NOT_FOUND,
            Problem.OBJECT_DENIED_OR_MISSING,
            Problem.BUCKET_NOT_FOUND,
            Problem.PROFILE_NOT_FOUND,
            Problem.JOB_NOT_FOUND,
            Problem.MODEL_NOT_IN_BUCKET);
    private static final Set<Problem> NOT_ALLOWED = EnumSet.of(
            Problem.ACCESS_DENIED,
            Problem.ACCESS_KEY_INVALID,
            Problem.SIGNATURE_MISMATCH,
            Problem.CREDENTIALS_EXPIRED,
            Problem.CREDENTIALS_NOT_FOUND,
            Problem.ROLE_REFUSED,
            Problem.APPLICATION_KEY_NEEDED,
            Problem.CLOCK_SKEWED,
            Problem.PROFILE_READ_ONLY);
    private static final Set<Problem> NOT_SET = EnumSet.of(
            Problem.ACCESS_KEY_MISSING,
            Problem.SECRET_KEY_MISSING,
            Problem.BUCKET_MISSING,
            Problem.PROVIDER_UNKNOWN,
            Problem.R2_ACCOUNT_MISSING,
            Problem.ENDPOINT_MISSING,
            Problem.ENDPOINT_PLAIN_HTTP,
            Problem.SETTING_NOT_USABLE,
            Problem.PROFILE_BROKEN,
            Problem.PROFILES_FILE_BROKEN,
            Problem.PROFILES_FILE_NOT_READABLE,
            Problem.PROFILES_FILE_NOT_WRITABLE,
            Problem.BUCKET_OVERRIDE_REFUSED,
            Problem.DEFAULT_CHAIN_NOT_AWS,
            Problem.CA_BUNDLE_NOT_READABLE,
            Problem.WRONG_REGION);
    private static final Set<Problem> NOT_REACHED = EnumSet.of(
            Problem.ENDPOINT_UNREACHABLE,
            Problem.ENDPOINT_FORBIDDEN,
            Problem.TLS_FAILED,
            Problem.PROXY_FAILED,
            Problem.STORE_SILENT,
            Problem.STORE_BUSY,
            Problem.STORE_FAILED,
            Problem.STORE_REPLY_UNUSABLE,
            Problem.STORE_REDIRECTS);

    private final int number;

    ExitCode(int number) {
        this.number = number;
    }

    int number() {
        return number;
    }

    static ExitCode of(Problem problem) {
        if (NOT_THERE.contains(problem)) {
            return NOT_FOUND;
        }
        if (NOT_ALLOWED.contains(problem)) {
            return DENIED;
        }
        if (NOT_SET.contains(problem)) {
            return SETTINGS;
        }
        if (NOT_REACHED.contains(problem)) {
            return UNREACHABLE;
        }
        return switch (problem) {
            case OBJECT_EXISTS, FILE_EXISTS -> TAKEN;
            case INPUT_NOT_USABLE, KEY_EMPTY, KEY_NOT_STORABLE, KEY_OUTSIDE -> USAGE;
            default -> FAILED;
        };
    }
}
