// Raw DEFLATE (RFC 1951) with a bound on what comes out, and an exact end.
//
// A browser's DecompressionStream is missing in older web views, and the small
// libraries do not tell where a stream ended; here both decide between
// "genuine" and "malformed".

import { Malformed, must } from "./malformed.js";

const LENGTHS = Uint16Array.of(
  3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195, 227, 258);
const LENGTH_BITS = Uint8Array.of(
  0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0);
const DISTANCES = Uint16Array.of(
  1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769, 1025, 1537, 2049, 3073, 4097, 6145,
  8193, 12289, 16385, 24577);
const ORDER = Uint8Array.of(16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15);
const LONGEST = 15;

/** What the one stream in `data` holds, at most `limit` bytes; nothing may follow it. Throws Malformed. */
export function inflated(data, limit) {
  const [out, used] = inflate(data, limit);
  must(used === data.length, "bytes after the stream");
  return out;
}

/** The same within zlib's frame (RFC 1950), with its checksum. */
export function unzipped(data, limit) {
  must(data.length >= 6 && (data[0] & 15) === 8 && data[0] >> 4 <= 7, "not a zlib stream");
  must(((data[0] << 8) | data[1]) % 31 === 0 && !(data[1] & 32), "not a zlib header");
  const [out, used] = inflate(data.subarray(2), limit);
  const end = data.subarray(2 + used);
  must(end.length === 4, "not one zlib stream");
  must(((end[0] << 24) | (end[1] << 16) | (end[2] << 8) | end[3]) >>> 0 === adler(out), "a wrong checksum");
  return out;
}

function adler(bytes) {
  let a = 1;
  let b = 0;
  for (const byte of bytes) {
    a = (a + byte) % 65521;
    b = (b + a) % 65521;
  }
  return b * 65536 + a;
}

function inflate(data, limit) {
  const bits = new Bits(data);
  const out = new Out(limit);
  let last = 0;
  while (!last) {
    last = bits.take(1);
    const kind = bits.take(2);
    if (kind === 0) stored(bits, out);
    else if (kind === 1) coded(bits, out, ...fixed());
    else if (kind === 2) coded(bits, out, ...dynamic(bits));
    else throw new Malformed("a block of no kind");
  }
  return [out.bytes(), bits.at];
}

class Bits {
  constructor(data) {
    this.data = data;
    this.at = 0;
    this.held = 0;
    this.count = 0;
  }

  take(number) {
    while (this.count < number) {
      must(this.at < this.data.length, "cut short");
      this.held |= this.data[this.at++] << this.count;
      this.count += 8;
    }
    const taken = this.held & ((1 << number) - 1);
    this.held >>>= number;
    this.count -= number;
    return taken;
  }

  /** The rest of this byte is dropped. */
  align() {
    this.held = this.count = 0;
  }
}

class Out {
  constructor(limit) {
    this.limit = limit;
    this.buffer = new Uint8Array(Math.min(limit, 4096));
    this.length = 0;
  }

  push(byte) {
    if (this.length === this.buffer.length) this.grow();
    this.buffer[this.length++] = byte;
  }

  grow() {
    must(this.length < this.limit, `inflates to more than ${this.limit} bytes`);
    const larger = new Uint8Array(Math.min(this.limit, this.buffer.length * 4));
    larger.set(this.buffer);
    this.buffer = larger;
  }

  again(distance, length) {
    must(distance <= this.length, "a copy from before the start");
    for (let n = 0; n < length; n++) this.push(this.buffer[this.length - distance]);
  }

  bytes() {
    return this.buffer.subarray(0, this.length);
  }
}

/** A Huffman code: how many codes there are of each length, and the symbols in the order of their codes. */
class Code {
  constructor(lengths) {
    this.counts = new Uint16Array(LONGEST + 1);
    for (const length of lengths) this.counts[length]++;
    const starts = new Uint16Array(LONGEST + 2);
    let free = 1;
    for (let length = 1; length <= LONGEST; length++) {
      free = free * 2 - this.counts[length];
      must(free >= 0, "more codes than there can be");
      starts[length + 1] = starts[length] + this.counts[length];
    }
    this.whole = free === 0;
    this.used = starts[LONGEST + 1];
    this.single = this.used === this.counts[1]; // nothing, or one code of one bit: allowed to be incomplete
    this.symbols = new Uint16Array(this.used);
    lengths.forEach((length, symbol) => {
      if (length) this.symbols[starts[length]++] = symbol;
    });
  }

  next(bits) {
    let code = 0;
    let first = 0;
    let index = 0;
    for (let length = 1; length <= LONGEST; length++) {
      code |= bits.take(1);
      const count = this.counts[length];
      if (code - count < first) return this.symbols[index + code - first];
      index += count;
      first = (first + count) << 1;
      code <<= 1;
    }
    throw new Malformed("no such code");
  }
}

function stored(bits, out) {
  bits.align();
  const length = bits.take(16);
  must((length ^ 0xffff) === bits.take(16), "a length that is not its own complement");
  for (let n = 0; n < length; n++) out.push(bits.take(8));
}

let kept = null;

function fixed() {
  const lengths = (n) => (n < 144 ? 8 : n < 256 ? 9 : n < 280 ? 7 : 8);
  kept ??= [new Code(Array.from({ length: 288 }, (_, n) => lengths(n))), new Code(new Array(32).fill(5))];
  return kept;
}

function dynamic(bits) {
  const literals = bits.take(5) + 257;
  const distances = bits.take(5) + 1;
  const given = bits.take(4) + 4;
  must(literals <= 286 && distances <= 30, "more symbols than there are");
  const short = new Array(19).fill(0);
  for (let n = 0; n < given; n++) short[ORDER[n]] = bits.take(3);
  const code = new Code(short);
  must(code.whole, "an incomplete code");
  const lengths = [];
  while (lengths.length < literals + distances) {
    const symbol = code.next(bits);
    if (symbol < 16) {
      lengths.push(symbol);
      continue;
    }
    must(symbol !== 16 || lengths.length, "nothing to repeat");
    const [value, times] =
      symbol === 16 ? [lengths[lengths.length - 1], 3 + bits.take(2)] : [0, symbol === 17 ? 3 + bits.take(3) : 11 + bits.take(7)];
    must(lengths.length + times <= literals + distances, "more lengths than symbols");
    for (let n = 0; n < times; n++) lengths.push(value);
  }
  must(lengths[256], "no end of the block");
  const pair = [new Code(lengths.slice(0, literals)), new Code(lengths.slice(literals))];
  must(pair.every((each) => each.whole || each.single), "an incomplete code");
  return pair;
}

function coded(bits, out, literals, distances) {
  for (;;) {
    const symbol = literals.next(bits);
    if (symbol < 256) {
      out.push(symbol);
      continue;
    }
    if (symbol === 256) return;
    must(symbol < 286, "no such length");
    const length = LENGTHS[symbol - 257] + bits.take(LENGTH_BITS[symbol - 257]);
    const reach = distances.next(bits);
    must(reach < 30, "no such distance");
    out.again(DISTANCES[reach] + bits.take(reach < 2 ? 0 : (reach >> 1) - 1), length);
  }
}
