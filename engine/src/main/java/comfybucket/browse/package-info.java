/** Finding objects: all below a prefix, or all whose keys match a pattern. */
package comfybucket.browse;
