package comfybucket.node;

/**
 * One ComfyUI node.
 *
 * @param <I> its inputs, by the names of {@code pack/nodes.json}; the record fills in the defaults of those not given
 */
interface Node<I extends Record> {
    /** ComfyUI's name for the class of node; part of saved workflows, never changed. */
    String id();

    Class<I> inputs();

    /**
     * Does the node's work on the calling thread.
     *
     * @throws comfybucket.error.CloudException whose message is shown to the user
     * @throws java.util.concurrent.CancellationException soon after the thread is interrupted
     */
    NodeResult run(I inputs, RunContext context);

    /**
     * Finds out before anything is made of what comes in from other nodes whether it would be in vain. Asks no store.
     *
     * @throws comfybucket.error.CloudException as {@link #run} would
     */
    default void check(I inputs) {}

    /**
     * Finds out at the store, while it still takes time to make what is to be saved, whether that is in vain. What may
     * pass by itself is not told.
     *
     * @throws comfybucket.error.CloudException as {@link #run} would
     */
    default void reach(I inputs) {}

    /** A node whose result depends on objects or on files, and which must run again when they change. */
    interface Reader<I extends Record> extends Node<I> {
        /** A text that is the same as long as what it reads is. */
        String identity(I inputs);
    }
}
