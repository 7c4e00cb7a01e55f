package comfybucket.profile;

/** What is wrong with a piece of the settings. The message names no value, since the value may be a secret. */
final class Mistake extends Exception {
    private final int line;

    /**
     * @param line counted from 1
     * @param what a sentence without a full stop
     */
    Mistake(int line, String what) {
        super(what, null, false, false);
        this.line = line;
    }

    int line() {
        return line;
    }
}
