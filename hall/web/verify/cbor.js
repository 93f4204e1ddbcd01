// Deterministic CBOR and nothing else (RFC 8949, section 4.2; keys by length, then by bytes).
//
// Each value has one encoding. What is decoded here was that one, so nothing
// has to be encoded again to be sure: heads are the shortest, lengths definite,
// keys in order and never twice, no floats, no tag but 18.

import { joined, order } from "./bytes.js";
import { must } from "./malformed.js";

const DEPTH = 6; // arrays, maps and tags within each other
const SIGN1 = 18;
const KEYS = new Set(["number", "string"]);

/** A COSE_Sign1 message: what tag 18 holds. */
export class Sign1 {
  constructor(value) {
    this.value = value;
  }
}

/** The one value in `data`: number, string, Uint8Array, Array, Map, Sign1, boolean or null. Throws Malformed. */
export function decoded(data, limit, depth = DEPTH) {
  must(data.length <= limit, `longer than ${limit} bytes`);
  const reading = new Reading(data);
  const value = reading.value(depth);
  must(reading.at === data.length, "bytes after the end");
  return value;
}

class Reading {
  constructor(data) {
    this.data = data;
    this.at = 0;
  }

  take(length) {
    must(length <= this.data.length - this.at, "cut short");
    this.at += length;
    return this.data.subarray(this.at - length, this.at);
  }

  /** Major type and argument of the next head. */
  head() {
    const [first] = this.take(1);
    const major = first >> 5;
    const short = first & 31;
    if (short < 24) return [major, short];
    must(short <= 27 && major !== 7, "a form that has no place here");
    const width = 1 << (short - 24);
    let argument = 0;
    for (const byte of this.take(width)) argument = argument * 256 + byte;
    must(Number.isSafeInteger(argument), "a number too large");
    must(argument >= (width === 1 ? 24 : 2 ** (4 * width)), "not the shortest form");
    return [major, argument];
  }

  value(depth) {
    const [major, argument] = this.head();
    if (major === 0) return argument;
    if (major === 1) {
      must(argument < Number.MAX_SAFE_INTEGER, "a number too large");
      return -1 - argument;
    }
    if (major === 2) return this.take(argument);
    if (major === 3) return text(this.take(argument));
    if (major === 7) {
      must(argument >= 20 && argument <= 22, "a simple value that has no place here");
      return [false, true, null][argument - 20];
    }
    must(depth > 0, "nested too deep");
    if (major === 4) return this.array(argument, depth - 1);
    if (major === 5) return this.map(argument, depth - 1);
    must(argument === SIGN1, "a tag that has no place here");
    return new Sign1(this.value(depth - 1));
  }

  array(length, depth) {
    must(length <= this.data.length - this.at, "cut short");
    const array = [];
    while (array.length < length) array.push(this.value(depth));
    return array;
  }

  map(length, depth) {
    must(length <= this.data.length - this.at, "cut short");
    const map = new Map();
    let last = null;
    while (map.size < length) {
      const from = this.at;
      const key = this.value(depth);
      must(KEYS.has(typeof key) || key instanceof Uint8Array, "a key that is no number, text or bytes");
      const bytes = this.data.subarray(from, this.at);
      must(last === null || last.length - bytes.length < 0 || (last.length === bytes.length && order(last, bytes) < 0),
        "keys out of order or twice");
      last = bytes;
      map.set(key, this.value(depth));
    }
    return map;
  }
}

const UTF8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

function text(bytes) {
  try {
    return UTF8.decode(bytes);
  } catch {
    must(false, "text that is not UTF-8");
  }
}

function head(major, argument) {
  if (argument < 24) return Uint8Array.of((major << 5) | argument);
  if (argument < 256) return Uint8Array.of((major << 5) | 24, argument);
  if (argument < 65536) return Uint8Array.of((major << 5) | 25, argument >> 8, argument & 255);
  return Uint8Array.of((major << 5) | 26, argument >>> 24, (argument >> 16) & 255, (argument >> 8) & 255, argument & 255);
}

/** The encoding of a string (as text), of bytes, or of an array of these. */
export function encoded(value) {
  if (Array.isArray(value)) return joined(head(4, value.length), ...value.map(encoded));
  const bytes = typeof value === "string" ? new TextEncoder().encode(value) : value;
  return joined(head(typeof value === "string" ? 3 : 2, bytes.length), bytes);
}
