package comfybucket.store.disk;

import java.util.function.Predicate;

/** What must hold of an object at the moment it is replaced. */
public sealed interface Precondition {
    Precondition NONE = new None();
    Precondition ABSENT = new Absent();

    /** Whatever is there is replaced. */
    record None() implements Precondition {}

    /** Nothing is there. Decided by the file system, so of many writers in many processes exactly one wins. */
    record Absent() implements Precondition {}

    /** An object is there, and passes. */
    record Present(Predicate<ObjectMeta> test) implements Precondition {}
}
