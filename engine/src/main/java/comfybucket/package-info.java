/** The engine: what saves, loads and shares; driven by ComfyUI over {@code rpc} and by a terminal over {@code cli}. */
package comfybucket;
