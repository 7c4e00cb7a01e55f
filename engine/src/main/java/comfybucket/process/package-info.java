/** Which process something belongs to, and whether that still runs. */
package comfybucket.process;
