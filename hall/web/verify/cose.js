// COSE_Sign1 with ES256, in the one form that docs/certificate-format.md allows.

import { decoded, encoded, Sign1 } from "./cbor.js";
import { order } from "./bytes.js";
import { must } from "./malformed.js";

const fromHex = (text) => Uint8Array.from(text.match(/../g), (pair) => parseInt(pair, 16));
const ORDER = fromHex("ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551"); // n, FIPS 186-4, D.1.2.3
const HALF = fromHex("7fffffff800000007fffffffffffffffde737d56d38bcf4279dce5617e3192a8"); // (n - 1) / 2
const ZERO = new Uint8Array(32);

/** The message in `data`, whoever signed it; nothing of it is believed yet. Throws Malformed. */
export function parsed(data, limit) {
  const message = decoded(data, limit);
  must(message instanceof Sign1 && Array.isArray(message.value) && message.value.length === 4, "not a signed message");
  const [header, unprotected, payload, signature] = message.value;
  must(unprotected instanceof Map && unprotected.size === 0, "something that is not signed");
  must([header, payload, signature].every((part) => part instanceof Uint8Array), "not a message in our form");
  must(signature.length === 64, "a signature that is not r and s");
  const map = decoded(header, 128);
  must(map instanceof Map && map.size === 3 && map.get(1) === -7, "not a header in our form");
  const [kid, type] = [map.get(4), map.get(16)];
  must(kid instanceof Uint8Array && typeof type === "string", "not a header in our form");
  return { kid, type, payload, signature, header };
}

/** Whether `message` was signed by the key at `point` (x and y, 64 bytes), with the lower of the two s. */
export async function holds(message, point) {
  const [r, s] = [message.signature.subarray(0, 32), message.signature.subarray(32)];
  if (order(r, ZERO) === 0 || order(r, ORDER) >= 0 || order(s, ZERO) === 0 || order(s, HALF) > 0) return false;
  const [x, y] = [point.subarray(0, 32), point.subarray(32)].map(base64url);
  const curve = { name: "ECDSA", namedCurve: "P-256" };
  let key;
  try {
    key = await crypto.subtle.importKey("jwk", { kty: "EC", crv: "P-256", x, y }, curve, false, ["verify"]);
  } catch {
    return false; // not a point of the curve
  }
  const said = encoded(["Signature1", message.header, new Uint8Array(0), message.payload]);
  return crypto.subtle.verify({ name: "ECDSA", hash: "SHA-256" }, key, message.signature, said);
}

const base64url = (bytes) =>
  btoa(String.fromCharCode(...bytes)).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
