package comfybucket.doctor;

import comfybucket.error.CloudException;

/** One thing that is looked at. */
interface Check {
    /** One word, which scripts may look for. */
    String name();

    /** @throws CloudException stands for a bad finding with its message */
    Finding look(Patient patient);

    /** Whether nothing else can be said when this one is bad. */
    default boolean isEssential() {
        return false;
    }

    /** Whether it needs the object that {@link WriteCheck} writes. */
    default boolean needsObject() {
        return false;
    }
}
