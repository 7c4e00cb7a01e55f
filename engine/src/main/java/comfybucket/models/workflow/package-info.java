/** Which models a workflow needs, read from its file without a ComfyUI. */
package comfybucket.models.workflow;
