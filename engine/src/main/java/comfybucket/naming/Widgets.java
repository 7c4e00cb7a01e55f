package comfybucket.naming;

import java.util.Optional;

/** What {@code %NodeName.widget%} stands for. */
@FunctionalInterface
public interface Widgets {
    /** No workflow is known. */
    Widgets NONE = (node, widget) -> Optional.empty();

    /**
     * The value of a widget, as the page would show it; empty if there is no such node or widget, or if its value is
     * made by another node and so not known.
     *
     * @param node a node's title, or else its class
     */
    Optional<String> value(String node, String widget);

    /**
     * The widgets of a running workflow.
     *
     * @param prompt ComfyUI's prompt as JSON text; empty if unknown
     * @param workflow the page's workflow as JSON text, which API clients seldom send; empty if unknown
     */
    static Widgets of(Optional<String> prompt, Optional<String> workflow) {
        return new WorkflowWidgets(prompt, workflow);
    }
}
