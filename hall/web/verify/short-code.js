// The short code below the QR code: Crockford's base 32 of ten bytes, without I, L, O, U.

import { must } from "./malformed.js";

const ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const LENGTH = 16;

export const isShortCode = (text) => text.length === LENGTH && [...text].every((sign) => ALPHABET.includes(sign));

export function shortCode(cti) {
  let number = cti.reduce((sum, byte) => (sum << 8n) | BigInt(byte), 0n);
  let code = "";
  for (; code.length < LENGTH; number >>= 5n) code = ALPHABET[Number(number & 31n)] + code;
  return code;
}

/** What a person typed, as a code: small letters, O for 0, I and L for 1, blanks and dashes allowed. Throws Malformed. */
export function typed(text) {
  const code = text.slice(0, 64).replace(/[ –—-]/g, "").toUpperCase().replaceAll("O", "0").replace(/[IL]/g, "1");
  must(isShortCode(code), "not a short code");
  return code;
}

/** `7K3M-9QX2-WV5R-T8NA`: as it is printed. */
export const grouped = (code) => code.match(/.{1,4}/g).join("-");
