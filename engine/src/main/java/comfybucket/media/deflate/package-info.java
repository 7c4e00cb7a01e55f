/** A DEFLATE encoder (RFC 1951) in a zlib stream (RFC 1950) for a PNG's filtered rows: fast where they hardly repeat. */
package comfybucket.media.deflate;
