package comfybucket.models.workflow;

import comfybucket.profile.ProfileRef;
import java.util.Optional;

/** A model that a workflow needs. */
public sealed interface Need {
    /** The node that needs it, as {@code id (type)}. */
    String node();

    /**
     * An object that one of our nodes names.
     *
     * @param type of the model
     * @param profile what is wired to the node; empty for its default
     */
    record Key(String node, String type, String key, Optional<ProfileRef> profile) implements Need {}

    /**
     * A file that one of ComfyUI's loaders names.
     *
     * @param type of the model, where it is known
     * @param name below the type's folder
     */
    record File(String node, Optional<String> type, String name) implements Need {}

    /** Something that is known only when the workflow runs. */
    record Unknown(String node, String input) implements Need {}
}
