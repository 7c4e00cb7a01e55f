package comfybucket.storage;

/**
 * What the store behind a profile can do. Where that is not known, it is tried out when it is first asked for, with a few
 * small objects that are removed again, unless nothing may be written; what cannot be found out counts as no.
 */
public interface Capabilities {
    /** A write can be made to fail when the key is taken, so that nothing is ever replaced. */
    boolean createOnly();

    /** The same for completing an upload in parts. */
    boolean createOnlyInParts();

    /** Objects can have tags. */
    boolean tags();
}
