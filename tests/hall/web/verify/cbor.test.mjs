// Each value has one encoding; whatever else is decoded by others is refused here.

import assert from "node:assert/strict";
import { test } from "node:test";

import { decoded, Sign1 } from "../../../../hall/web/verify/cbor.js";
import { Malformed } from "../../../../hall/web/verify/malformed.js";

const bytes = (hex) => new Uint8Array(Buffer.from(hex, "hex"));
const read = (hex) => decoded(bytes(hex), 1000);

const GOOD = [
  ["00", 0], ["17", 23], ["1818", 24], ["18ff", 255], ["190100", 256], ["1a00010000", 65536],
  ["1b0000000100000000", 2 ** 32], ["1b001fffffffffffff", Number.MAX_SAFE_INTEGER], ["20", -1], ["3863", -100],
  ["3b001ffffffffffffe", Number.MIN_SAFE_INTEGER],
  ["f4", false], ["f5", true], ["f6", null], ["60", ""], ["63e6b58b", "测"], ["80", []], ["83010203", [1, 2, 3]],
];

for (const [hex, value] of GOOD) test(`${hex} is read`, () => assert.deepEqual(read(hex), value));

test("maps keep their keys and bytes stay bytes", () => {
  assert.deepEqual(read("a201020343aabbcc"), new Map([[1, 2], [3, bytes("aabbcc")]]));
  assert.deepEqual(read("d281f6"), new Sign1([null]));
});

const BAD = {
  "a number in two bytes that fits one": "1817",
  "a number in three bytes that fits two": "1900ff",
  "a number in five bytes that fits three": "1a0000ffff",
  "a number in nine bytes that fits five": "1b00000000ffffffff",
  "a number above 2^53": "1b0020000000000000",
  "minus 2^53": "3b001fffffffffffff",
  "true for a key": "a1f500",
  "one and true for keys": "a20100f500",
  "null for a key": "a1f600",
  "an array for a key": "a18000",
  "a message for a key": "a1d28000",
  "a length longer than it has to be": "780161",
  "an array without a length": "9f01ff",
  "a map without a length": "bf0102ff",
  "a text in pieces": "7f6161ff",
  "keys out of order": "a203040102",
  "a key twice": "a201020103",
  "keys in the order of their values, not of their length": "a218640120" + "02",
  "half a float": "f93c00",
  "a float": "fa3f800000",
  "a double": "fb3ff0000000000000",
  "undefined": "f7",
  "a simple value": "f0",
  "a simple value in two bytes": "f820",
  "a date": "c074323032362d31312d32305430393a34313a30305a",
  "a large number": "c249010000000000000000",
  "tag 61": "d83d80",
  "text that is not UTF-8": "61ff",
  "a surrogate in UTF-8": "63eda080",
  "an array longer than all there is": "9bffffffffffffffff",
  "bytes longer than all there is": "5affffffff00",
  "a byte behind the end": "0000",
  "nothing": "",
  "a break": "ff",
};

for (const [rule, hex] of Object.entries(BAD)) test(`${rule} is refused`, () => assert.throws(() => read(hex), Malformed));

test("seven arrays within each other are refused, six are not", () => {
  assert.throws(() => read("81".repeat(6) + "80"), Malformed);
  read("81".repeat(5) + "80");
});

test("no bytes whatever make it throw anything else", () => {
  let seed = 1;
  const next = () => (seed = (Math.imul(seed, 1103515245) + 12345) & 0x7fffffff) >> 16;
  for (let n = 0; n < 50000; n++) {
    const data = Uint8Array.from({ length: next() % 24 }, () => next() & 255);
    try {
      decoded(data, 1000);
    } catch (error) {
      assert.ok(error instanceof Malformed, Buffer.from(data).toString("hex"));
    }
  }
});
