// Reads the workflow in an Opus file: its comments `workflow=…` and `prompt=…` (RFC 7845, section 5.2). A comment longer
// than an Ogg page goes on in the next one (RFC 3533), where the page's own reader stumbles over what lies between.

import { ascii } from "./ascii.js";

const MARK = "OggS";
const HEADER = 27;
const COMMENTS = "OpusTags";
const MOST_READ = 64 * 1024 * 1024;

/**
 * The comments by their names in lower case; empty when it is not Opus or has none.
 *
 * @param {Blob} file
 * @returns {Promise<Record<string, string>>}
 */
export async function textsInOgg(file) {
  const bytes = new Uint8Array(await file.slice(0, MOST_READ).arrayBuffer());
  /** @type {Record<string, string>} */
  const texts = {};
  const packet = commentPacket(bytes);
  if (ascii(packet, 0, COMMENTS.length) !== COMMENTS) return texts;
  const view = new DataView(packet.buffer, packet.byteOffset, packet.byteLength);
  let at = COMMENTS.length + 4 + view.getUint32(COMMENTS.length, true) + 4; // behind the vendor and the count
  while (at + 4 <= packet.length) {
    const length = view.getUint32(at, true);
    const comment = new TextDecoder().decode(packet.subarray(at + 4, at + 4 + length));
    const equals = comment.indexOf("=");
    if (equals > 0) texts[comment.slice(0, equals).toLowerCase()] ??= comment.slice(equals + 1);
    at += 4 + length;
  }
  return texts;
}

/**
 * The second packet of the stream, joined from the pages that it lies in.
 *
 * @param {Uint8Array} bytes
 */
function commentPacket(bytes) {
  const pieces = [];
  let packet = 0;
  for (let page = 0; packet < 2 && ascii(bytes, page, page + MARK.length) === MARK; ) {
    const lacing = bytes.subarray(page + HEADER, page + HEADER + bytes[page + HEADER - 1]);
    let at = page + HEADER + lacing.length;
    for (const length of lacing) {
      if (packet === 1) pieces.push(bytes.subarray(at, at + length));
      if (length < 255) packet++;
      at += length;
    }
    page = at;
  }
  const joined = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
  let end = 0;
  for (const piece of pieces) {
    joined.set(piece, end);
    end += piece.length;
  }
  return joined;
}
