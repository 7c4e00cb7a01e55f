package comfybucket.naming;

import comfybucket.storage.ObjectKey;

/** Other names for a file whose name is taken. */
public interface OtherNames {
    /** A name that was not given before. */
    ObjectKey another();

    /** What they are made of, to be kept. */
    SpareName spare();
}
