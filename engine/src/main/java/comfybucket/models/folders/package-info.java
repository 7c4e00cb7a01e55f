/** Which folders are ComfyUI's model folders, and that nothing else is taken for one. */
package comfybucket.models.folders;
