// Reads the workflow that our save node leaves in a JPEG: EXIF strings as ComfyUI writes them into WebP, `workflow:{…}`
// and `prompt:{…}`. An EXIF block longer than a JPEG segment is cut into several, each with its own `Exif` mark.

const SOI = 0xffd8;
const SOS = 0xda;
const APP1 = 0xe1;
const EXIF = [0x45, 0x78, 0x69, 0x66, 0, 0];
const ASCII = 2;
const HIGHEST_TAG = 0x0110;

// Far more than the largest workflow; the picture itself behind it is not read.
const MOST_READ = 16 * 1024 * 1024;

/**
 * The JSON texts in the file by their names; empty when it is not a JPEG or holds none.
 *
 * @param {Blob} file
 * @returns {Promise<Record<string, string>>}
 */
export async function textsInJpeg(file) {
  const bytes = new Uint8Array(await file.slice(0, MOST_READ).arrayBuffer());
  return textsInTiff(exifOf(bytes));
}

/** @param {Uint8Array} bytes */
function exifOf(bytes) {
  const view = viewOf(bytes);
  /** @type {number[]} */
  const parts = [];
  if (bytes.length < 4 || view.getUint16(0) !== SOI) return new Uint8Array();
  for (let at = 2; at + 4 <= bytes.length && bytes[at] === 0xff && bytes[at + 1] !== SOS; ) {
    const end = at + 2 + view.getUint16(at + 2);
    if (bytes[at + 1] === APP1 && EXIF.every((byte, index) => bytes[at + 4 + index] === byte)) {
      for (let from = at + 4 + EXIF.length; from < Math.min(end, bytes.length); from++) parts.push(bytes[from]);
    }
    at = end;
  }
  return Uint8Array.from(parts);
}

/** @param {Uint8Array} tiff */
function textsInTiff(tiff) {
  /** @type {Record<string, string>} */
  const texts = {};
  if (tiff.length < 8) return texts;
  const view = viewOf(tiff);
  const little = tiff[0] === 0x49;
  const directory = view.getUint32(4, little);
  if (directory + 2 > tiff.length) return texts;
  const count = view.getUint16(directory, little);
  for (let entry = 0, at = directory + 2; entry < count && at + 12 <= tiff.length; entry++, at += 12) {
    if (view.getUint16(at, little) > HIGHEST_TAG || view.getUint16(at + 2, little) !== ASCII) continue;
    const length = view.getUint32(at + 4, little);
    const start = length <= 4 ? at + 8 : view.getUint32(at + 8, little);
    const text = new TextDecoder().decode(tiff.subarray(start, start + length)).replace(/\0.*$/s, "");
    const colon = text.indexOf(":");
    if (colon > 0) texts[text.slice(0, colon)] ??= text.slice(colon + 1);
  }
  return texts;
}

/** @param {Uint8Array} bytes */
function viewOf(bytes) {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
