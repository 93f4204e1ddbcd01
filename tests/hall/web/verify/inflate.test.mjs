// Our inflate against zlib: the same bytes from what is good, and nothing from what is not.

import assert from "node:assert/strict";
import { test } from "node:test";
import zlib from "node:zlib";

import { inflated, unzipped } from "../../../../hall/web/verify/inflate.js";
import { Malformed } from "../../../../hall/web/verify/malformed.js";

const LIMIT = 1 << 17;

/** The same numbers in every run (mulberry32). */
function random(seed) {
  return () => {
    seed = (seed + 0x6d2b79f5) | 0;
    let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

const next = random(20261120);
const below = (most) => Math.floor(next() * most);

function sample() {
  const words = Uint8Array.from({ length: 1 + below(40) }, () => below(256));
  return Uint8Array.from({ length: below(3000) }, () => (next() < 0.8 ? words[below(words.length)] : below(256)));
}

const ways = [
  {}, { level: 9 }, { level: 1 }, { level: 0 },
  { strategy: zlib.constants.Z_FIXED }, { strategy: zlib.constants.Z_HUFFMAN_ONLY }, { strategy: zlib.constants.Z_RLE },
];

test("what zlib deflates comes back, whichever way it did", () => {
  for (let n = 0; n < 400; n++) {
    const data = sample();
    assert.deepEqual(inflated(new Uint8Array(zlib.deflateRawSync(data, ways[n % ways.length])), LIMIT), data);
    assert.deepEqual(unzipped(new Uint8Array(zlib.deflateSync(data, ways[n % ways.length])), LIMIT), data);
  }
});

/** What zlib makes of exactly these bytes; null where it refuses them or something stands behind their stream. */
function byZlib(data) {
  try {
    const { buffer, engine } = zlib.inflateRawSync(data, { info: true, maxOutputLength: LIMIT });
    return engine.bytesWritten === data.length ? new Uint8Array(buffer) : null;
  } catch {
    return null;
  }
}

function byUs(data) {
  try {
    return inflated(data, LIMIT);
  } catch (error) {
    assert.ok(error instanceof Malformed, String(error));
    return null;
  }
}

test("bent streams are read as zlib reads them, or refused as it refuses them", () => {
  let refused = 0;
  for (let n = 0; n < 6000; n++) {
    const data = new Uint8Array(zlib.deflateRawSync(sample().subarray(0, 200), ways[n % ways.length]));
    for (let bends = 1 + below(3); bends; bends--) data[below(Math.min(data.length, 40))] ^= 1 << below(8);
    const expected = byZlib(data);
    refused += expected === null;
    assert.deepEqual(byUs(data), expected, Buffer.from(data).toString("hex"));
  }
  assert.ok(refused > 2000);
});

test("a bomb stops at the limit", () => {
  const bomb = new Uint8Array(zlib.deflateRawSync(Buffer.alloc(10_000_000)));
  assert.throws(() => inflated(bomb, 1024), Malformed);
});

test("a stream that is cut short, or followed by one byte, is refused", () => {
  const data = new Uint8Array(zlib.deflateRawSync(Buffer.from("示范区柳岸街道".repeat(5))));
  for (let length = 0; length < data.length; length++) assert.throws(() => inflated(data.subarray(0, length), 1024), Malformed);
  assert.throws(() => inflated(Uint8Array.of(...data, 0), 1024), Malformed);
});

test("zlib's frame is held to its header and its checksum", () => {
  const data = new Uint8Array(zlib.deflateSync(Buffer.alloc(1000, 7)));
  for (const at of [0, 1, data.length - 1]) {
    const bent = data.slice();
    bent[at] ^= 4;
    assert.throws(() => unzipped(bent, 1024), Malformed);
  }
});
