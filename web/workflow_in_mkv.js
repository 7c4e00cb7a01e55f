// Reads the workflow that our save node leaves in a Matroska file: its tags `WORKFLOW` and `PROMPT` (RFC 9559, section 5).

const SEGMENT = 0x18538067;
const TAGS = 0x1254c367;
const TAG = 0x7373;
const SIMPLE_TAG = 0x67c8;
const TAG_NAME = 0x45a3;
const TAG_STRING = 0x4487;

const LONGEST_HEADER = 12; // an id of 4 bytes and a size of 8
const LARGEST_TAGS = 64 * 1024 * 1024;

/**
 * The texts of the file's tags by their names in lower case; empty when it is not Matroska or has none. Pictures and
 * sound are stepped over, not read.
 *
 * @param {Blob} file
 * @returns {Promise<Record<string, string>>}
 */
export async function textsInMkv(file) {
  /** @type {Record<string, string>} */
  const texts = {};
  for (let at = 0; at < file.size; ) {
    const header = headerOf(await bytesOf(file, at, LONGEST_HEADER));
    if (!header) return texts;
    const start = at + header.length;
    if (header.id === SEGMENT) {
      at = start; // What it holds is read one after another as if it lay outside.
      continue;
    }
    if (header.size === null) return texts; // A file that was never finished.
    if (header.id === TAGS && header.size <= LARGEST_TAGS) {
      collect(await bytesOf(file, start, header.size), texts);
    }
    at = start + header.size;
  }
  return texts;
}

/**
 * @param {Uint8Array} bytes elements one after another
 * @param {Record<string, string>} texts
 */
function collect(bytes, texts) {
  let name = "";
  for (let at = 0; at < bytes.length; ) {
    const header = headerOf(bytes.subarray(at, at + LONGEST_HEADER));
    if (!header || header.size === null) return;
    const content = bytes.subarray(at + header.length, at + header.length + header.size);
    if (header.id === TAG || header.id === SIMPLE_TAG) collect(content, texts);
    if (header.id === TAG_NAME) name = new TextDecoder().decode(content).toLowerCase();
    if (header.id === TAG_STRING && name) texts[name] ??= new TextDecoder().decode(content);
    at += header.length + header.size;
  }
}

/**
 * The id, the size of the content (null when unknown) and the length of the header that says so.
 *
 * @param {Uint8Array} bytes
 */
function headerOf(bytes) {
  const idLength = lengthOf(bytes[0], 4);
  const sizeLength = idLength && lengthOf(bytes[idLength], 8);
  const length = (idLength ?? 0) + (sizeLength ?? 0);
  if (!idLength || !sizeLength || length > bytes.length) return null;
  const id = number(bytes.subarray(0, idLength));
  const digits = bytes.slice(idLength, length);
  digits[0] -= 2 ** (8 - sizeLength); // The mark of its length; before the sum, where it would cost the last digits.
  const size = number(digits);
  return { id, size: size >= 2 ** (7 * sizeLength) - 1 ? null : size, length };
}

/**
 * How many bytes a number has, by the zeros that its first byte begins with.
 *
 * @param {number | undefined} first
 * @param {number} most
 */
function lengthOf(first, most) {
  const length = first ? Math.clz32(first) - 23 : null;
  return length !== null && length <= most ? length : null;
}

/** @param {Uint8Array} bytes */
function number(bytes) {
  return bytes.reduce((value, byte) => value * 256 + byte, 0);
}

/**
 * @param {Blob} file
 * @param {number} start
 * @param {number} length
 */
async function bytesOf(file, start, length) {
  return new Uint8Array(await file.slice(start, start + length).arrayBuffer());
}
