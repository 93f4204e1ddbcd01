// The text in the QR code, taken apart; nothing in it is believed yet.

import { parsed } from "./cose.js";
import { must } from "./malformed.js";
import { isShortCode } from "./short-code.js";

const ADDRESS = /^https:\/\/([a-z0-9.-]{1,253}(?::[0-9]{1,5})?)\/C\/([^]*)$/i;
const PATH = /^[^/]*\/\/[^/]*\/C\//;
const DIGITS = /^[1-9][0-9]{0,1199}$/;
const LONGEST_TEXT = 1500;
const LONGEST = 480;
const TYPE = "GC1";
const VERSION = 1;

/** Not a code that can be looked into; `result` and `reason` say why. */
export class NoCode extends Error {
  constructor(result, reason) {
    super(reason);
    this.result = result;
    this.reason = reason;
  }
}

/**
 * Short code, signed bytes and message in `text`; `host` is our own authority.
 * Throws NoCode and Malformed (checks 1 to 6 of docs/certificate-format.md, section 5).
 */
export function read(text, host) {
  const found = text.length <= 2 * LONGEST_TEXT && [...text].length <= LONGEST_TEXT && ADDRESS.exec(text);
  if (!found || !PATH.test(text)) throw new NoCode("not-ours", "shape");
  if (found[1].toLowerCase() !== host) throw new NoCode("not-ours", "host");
  const [, short, digits] = /^([^#]*)#?([^]*)$/.exec(found[2]);
  if (!digits) throw new NoCode("unreadable", "no-content");
  must(isShortCode(short), "not a short code");
  must(DIGITS.test(digits), "not a number without leading zeros");
  const data = bytesOf(digits);
  if (data[0] !== VERSION) throw new NoCode("unreadable", "newer-format");
  const signed = data.subarray(1);
  const message = parsed(signed, LONGEST);
  must(message.type === TYPE && message.kid.length === 4, "not a certificate's header");
  return { short, signed, message };
}

function bytesOf(digits) {
  const hex = BigInt(digits).toString(16);
  const even = hex.length % 2 ? `0${hex}` : hex;
  return Uint8Array.from(even.match(/../g), (pair) => parseInt(pair, 16));
}
