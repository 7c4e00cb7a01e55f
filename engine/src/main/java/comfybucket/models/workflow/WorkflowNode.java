package comfybucket.models.workflow;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A node that would run, wherever in the workflow it is.
 *
 * @param id unique in the workflow; {@code 5:3} is node 3 in the subgraph of node 5
 * @param type ComfyUI's name for the class of node
 * @param inputs by name; a widget of a node that we do not know may be named by its place
 * @param folders from a model's file name to its type, where the workflow's author has said so
 */
record WorkflowNode(String id, String type, Map<String, Value> inputs, Map<String, String> folders) {
    WorkflowNode {
        inputs = new LinkedHashMap<>(inputs);
        folders = Map.copyOf(folders);
    }
}
