package comfybucket.models.workflow;

/** What an input of a node has. */
sealed interface Value {
    /** Typed in; numbers and switches as text too. */
    record Typed(String text) implements Value {}

    /** Comes from the node with this id. */
    record Linked(String node) implements Value {}
}
