package comfybucket.storage.s3;

import comfybucket.error.CloudException;

/** Has a store do what it could not do with a quirk that fails in silence, and looks at what came of it. */
interface Experiment {
    /**
     * Whether the store does it right.
     *
     * @throws CloudException when it refuses, or when it cannot be told
     */
    boolean works(Laboratory laboratory);
}
