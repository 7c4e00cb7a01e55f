/** Files into a bucket and objects into files: whole or not at all, large ones in parts side by side. */
package comfybucket.transfer;
