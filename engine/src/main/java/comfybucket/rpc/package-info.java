/** The front door for ComfyUI: JSON-RPC 2.0 over stdin and stdout, as {@code protocol/README.md} defines it. */
package comfybucket.rpc;
