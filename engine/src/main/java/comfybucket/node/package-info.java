/**
 * What each ComfyUI node does: one file a node, its inputs as a record whose names, order and defaults are those of {@code
 * pack/nodes.json}, and the little that nodes share.
 */
package comfybucket.node;
