package comfybucket.outbox;

/** The job belongs to somebody else by now, or to nobody: it is not to be gone on with here. */
final class TakenOverException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    TakenOverException() {
        super("The job is not ours any more", null, false, false);
    }
}
