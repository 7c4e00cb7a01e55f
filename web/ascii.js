/**
 * Bytes as text, where a format has names in ASCII.
 *
 * @param {Uint8Array} bytes
 * @param {number} start
 * @param {number} end
 */
export function ascii(bytes, start, end) {
  return String.fromCharCode(...bytes.subarray(start, end));
}
