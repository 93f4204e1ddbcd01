// What a certificate says (docs/certificate-format.md, section 3).

import { decoded } from "./cbor.js";
import { inflated } from "./inflate.js";
import { must } from "./malformed.js";
import { shortCode } from "./short-code.js";

const LIMIT = 1024; // bytes, inflated
const LATEST = 2 ** 32;
const INDICES = 2 ** 27;
const NAME = 40;
const LONGEST_FIELD = 120;
const MOST_FIELDS = 16;
const HALL_ZONE_S = 8 * 3600;
const STEERING = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}\p{Noncharacter_Code_Point}]/u;

const whole = (value, least, most) => Number.isSafeInteger(value) && value >= least && value <= most;

function line(text, most) {
  must(typeof text === "string", "no text");
  const length = text.length <= 2 * most ? [...text].length : Infinity;
  must(length >= 1 && length <= most, `not 1 to ${most} characters`);
  must(text.normalize("NFC") === text, "text that is not composed");
  must(!STEERING.test(text), "a character that has no place in a line");
  return text;
}

/** The claims in a verified message's payload. Throws Malformed. */
export function claimsOf(payload) {
  const map = decoded(inflated(payload, LIMIT), LIMIT);
  must(map instanceof Map && map.size === 5, "not the claims of a certificate");
  const [exp, iat, cti, status, paper] = [4, 6, 7, 65535, -65537].map((key) => map.get(key));
  must(Array.isArray(paper) && paper.length === 6, "not the claims of a certificate");
  const [type, version, name, masked, fields, copy] = paper;
  must(whole(iat, 1, LATEST - 1) && whole(exp, 1, LATEST - 1), "a moment out of its bounds");
  must(cti instanceof Uint8Array && cti.length === 10, "not a certificate's own name");
  must(whole(status, 0, INDICES - 1), "a status index out of its bounds");
  must(whole(type, 1, 65535) && whole(version, 1, 65535) && whole(copy, 1, 9), "a claim out of its bounds");
  must(typeof masked === "string" && /^[0-9]{6}[0-9X]$/.test(masked), "not a masked number");
  must(Array.isArray(fields) && fields.length <= MOST_FIELDS, "not the fields of a certificate");
  line(name, NAME);
  for (const value of fields) {
    if (typeof value === "string") line(value, LONGEST_FIELD);
    else must(value === null || whole(value, 0, Number.MAX_SAFE_INTEGER), "a field that is no text and no number");
  }
  return { exp, iat, cti, status, type, version, name, masked, fields, copy, short: shortCode(cti) };
}

/** The citizen number as it is shown: `990***********0028`. */
export const stars = (claims) => `${claims.masked.slice(0, 3)}${"*".repeat(11)}${claims.masked.slice(3)}`;

/** The number of the certificate: `99JZ-2026-0417283`. */
export function numberOf(claims, prefix) {
  const year = new Date((claims.iat + HALL_ZONE_S) * 1000).getUTCFullYear();
  return `${prefix}-${year}-${String(claims.status).padStart(7, "0")}`;
}
