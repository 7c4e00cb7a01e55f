import assert from "node:assert/strict";
import { test } from "node:test";

const readers = {
  jpeg: (await import("../../web/workflow_in_jpeg.js")).textsInJpeg,
  mkv: (await import("../../web/workflow_in_mkv.js")).textsInMkv,
  mp3: (await import("../../web/workflow_in_mp3.js")).textsInMp3,
  ogg: (await import("../../web/workflow_in_ogg.js")).textsInOgg,
};

/** The beginnings that let a reader look further. */
const BEGINNINGS = [
  [],
  [0xff, 0xd8, 0xff, 0xe1, 0, 40, 0x45, 0x78, 0x69, 0x66, 0, 0, 0x4d, 0x4d, 0, 42, 0, 0, 0, 8, 0, 2],
  [0x1a, 0x45, 0xdf, 0xa3, 0x80, 0x18, 0x53, 0x80, 0x67, 0xff, 0x12, 0x54, 0xc3, 0x67, 0xc8],
  [0x49, 0x44, 0x33, 4, 0, 0, 0, 0, 1, 0, 0x54, 0x58, 0x58, 0x58, 0, 0, 0, 30, 0, 0, 3],
  [0x4f, 0x67, 0x67, 0x53, ...Array(22).fill(0), 2, 4, 90, 1, 2, 3, 4, ...Buffer.from("OpusTags")],
];

/** A generator that gives the same numbers for the same seed (mulberry32). */
function numbers(seed) {
  return () => {
    seed = (seed + 0x6d2b79f5) | 0;
    let mixed = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

for (const [name, read] of Object.entries(readers)) {
  test(`whatever bytes are dropped, the ${name} reader comes to an end`, async () => {
    const random = numbers(4711);
    for (let round = 0; round < 500; round++) {
      const noise = Array.from({ length: Math.floor(random() * 200) }, () => Math.floor(random() * 256));
      const bytes = Uint8Array.from([...BEGINNINGS[round % BEGINNINGS.length], ...noise]);
      const outcome = await read(new Blob([bytes])).catch((error) => error);
      // What lies outside of the file is a RangeError, which the module that asks takes for "no workflow".
      const texts = outcome instanceof RangeError ? {} : outcome;
      assert.equal(Object.getPrototypeOf(texts), Object.prototype, `round ${round}: ${outcome}`);
      assert.ok(Object.values(texts).every((text) => typeof text === "string"));
    }
  });
}
