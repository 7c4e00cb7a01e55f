// Reads the workflow in an MP3 file: its ID3v2 frames `TXXX` named `workflow` and `prompt` (id3.org, ID3v2.3 and ID3v2.4).
// The page's own reader fails on files that are not much longer than their header.

import { ascii } from "./ascii.js";

const HEADER = 10;
const FRAME = "TXXX";
const ENCODINGS = ["latin1", "utf-16", "utf-16be", "utf-8"];

/**
 * The texts by their names in lower case; empty when it is no MP3 file with such a header.
 *
 * @param {Blob} file
 * @returns {Promise<Record<string, string>>}
 */
export async function textsInMp3(file) {
  const head = new Uint8Array(await file.slice(0, HEADER).arrayBuffer());
  /** @type {Record<string, string>} */
  const texts = {};
  if (head.length < HEADER || ascii(head, 0, 3) !== "ID3") return texts;
  const version = head[3];
  const frames = new Uint8Array(await file.slice(HEADER, HEADER + sevenBits(head, 6)).arrayBuffer());
  const view = new DataView(frames.buffer);
  for (let at = 0; at + HEADER <= frames.length && frames[at] !== 0; ) {
    const length = version >= 4 ? sevenBits(frames, at + 4) : view.getUint32(at + 4);
    if (ascii(frames, at, at + FRAME.length) === FRAME) {
      const content = frames.subarray(at + HEADER, at + HEADER + length);
      const [name, text] = new TextDecoder(ENCODINGS[content[0]]).decode(content.subarray(1)).split("\0");
      if (text !== undefined) texts[name.toLowerCase()] ??= text.replace(/^\ufeff/, "");
    }
    at += HEADER + length;
  }
  return texts;
}

/**
 * A number of four bytes with seven bits each.
 *
 * @param {Uint8Array} bytes
 * @param {number} at
 */
function sevenBits(bytes, at) {
  return bytes.subarray(at, at + 4).reduce((value, byte) => value * 128 + (byte & 127), 0);
}
