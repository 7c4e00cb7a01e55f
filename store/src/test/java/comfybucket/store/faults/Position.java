package comfybucket.store.faults;

/**
 * Where a fault strikes. For what happens to a request: before, in the middle of or after its effect on the store. For
 * what happens to an answer, whose request has had its effect already: at its beginning, in its middle or at its end.
 */
public enum Position {
    BEFORE,
    MIDDLE,
    AFTER
}
