// The checks of docs/certificate-format.md, section 5, in their order: the first that applies is the answer.

import { hex, sha256 } from "./bytes.js";
import { claimsOf, numberOf, stars } from "./claims.js";
import { NoCode, read } from "./code.js";
import { holds } from "./cose.js";
import { Missing } from "./lists.js";
import { Malformed } from "./malformed.js";
import { fits, rows, sentence } from "./template.js";

const TOLERANCE_S = 300;

/** A check that applies; no later one is made. */
class Ends extends Error {
  constructor(result, reason) {
    super(reason);
    Object.assign(this, { result, reason });
  }
}

/**
 * `result` and `reason`; `content` where it may be shown; `age` of the lists in seconds; from check 13 on the
 * signed `short` code and the `digest` of the message. What a result does not have is null.
 *
 * `host` is our own authority, `now` seconds since 1970, `lists` a Lists or null. `registry(short, digest)`
 * gives what the hall's registry says of this copy, or null where it can't be asked.
 */
export async function verify(text, { host, now, lists, registry }) {
  const nothing = { age: null, short: null, digest: null, content: null };
  const found = { ...nothing };
  try {
    const code = read(text, host); // 1 to 6
    if (!lists || lists.root.exp <= now) throw new Ends("unknown-key", "no-list");
    found.age = now - lists.index.iat;
    const claims = await signed(code, lists);
    found.short = code.short;
    found.digest = hex(await sha256(code.signed));
    const content = await listed(claims, code, found.digest, { now, lists });
    return { ...found, content, ...(await standing(claims, found.digest, { now, lists, registry })) };
  } catch (error) {
    const end = error instanceof NoCode || error instanceof Ends ? error : error instanceof Malformed && FORGED;
    if (!end) throw error;
    const rests = end.reason === "no-list" ? nothing : found; // on lists that turned out to be none
    return { ...rests, result: end.result, reason: end.reason };
  }
}

const FORGED = { result: "forged", reason: "malformed" };

/** Checks 8 to 12: what the key signed, in its time, for this address. */
async function signed(code, lists) {
  const key = await told(lists.key(code.message.kid));
  if (!key) throw new Ends("unknown-key", "unknown-key");
  if (!(await holds(code.message, key.point))) throw new Ends("forged", "signature");
  const claims = claimsOf(code.message.payload);
  if (claims.short !== code.short) throw new Ends("forged", "path");
  if (claims.iat < key.nbf || claims.iat >= key.exp) throw new Ends("forged", "key-time");
  return claims;
}

/** Checks 13 to 16, and the content that they let be shown. */
async function listed(claims, code, digest, { now, lists }) {
  const known = await told(lists.known(code.message.kid));
  if (known && !known.has(digest)) throw new Ends("revoked", "key-cut-off");
  const newest = lists.index.iat;
  if (now + TOLERANCE_S < newest || claims.iat > Math.max(now, newest) + TOLERANCE_S) {
    throw new Ends("check-clock", "clock");
  }
  const template = await told(lists.template(claims.type, claims.version));
  if (!template) throw new Ends("unreadable", "newer-template");
  if (!fits(template, claims)) throw new Ends("forged", "fields");
  return content(template, claims);
}

/** Checks 17 to 23: the paper is genuine; is it still good? The registry's answer is not signed and makes no paper better. */
async function standing(claims, digest, { now, lists, registry }) {
  const revoked = await told(lists.revoked(claims.status));
  if (revoked) return { result: "revoked", reason: "status" };
  if (claims.exp <= Math.max(now, lists.index.iat)) return { result: "expired", reason: "expired" };
  if (now > lists.index.next) return { result: "status-unknown", reason: "old-list" };
  if (revoked === null) return { result: "status-unknown", reason: "index" };
  const entry = await registry(claims.short, digest);
  if (entry?.status === "revoked") return { result: "revoked", reason: "status" };
  if (entry?.registered === false) return { result: "not-yet-registered", reason: "not-registered" };
  return { result: "valid", reason: "" };
}

/** What the lists say; lists that do not hold together are no lists. */
async function told(answer) {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof Missing || error instanceof Malformed) throw new Ends("unknown-key", "no-list");
    throw error;
  }
}

/** What the certificate says, in the words of its template. */
const content = (template, claims) => ({
  kind: template.kind,
  title: template.title,
  issuer: template.issuer,
  number: numberOf(claims, template.prefix),
  name: claims.name,
  stars: stars(claims),
  rows: rows(template, claims),
  issued: claims.iat,
  valid_until: claims.exp,
  copy: claims.copy,
  sentence: sentence(template, claims, stars(claims)),
});
