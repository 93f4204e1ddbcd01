// The signed documents of docs/certificate-format.md, section 4, each opened by the key that may sign it.

import { equal, hex, joined, order, sha256 } from "./bytes.js";
import { decoded } from "./cbor.js";
import { holds, parsed } from "./cose.js";
import { unzipped } from "./inflate.js";
import { Malformed, must } from "./malformed.js";
import { isText, isWhole, templateOf } from "./template.js";

const LIMITS = {
  "keting-root": 4096,
  "keting-root-consent": 1024,
  "keting-index": 65536,
  "keting-key": 512,
  "keting-keys": 262144,
  "application/statuslist+cwt": 262144,
  "keting-cut": 2097152,
  "keting-templates": 1048576,
};
const DEPTH = 8; // choices of a field of a template
const PURPOSES = ["kiosks", "lists", "templates", "technicians", "updates"];
const BITS = 2 ** 20;
const SHARDS = 256;
const LISTS = 128;
const CUTS = 1024;
const KIOSK = 40; // characters of its name

/** No document is longer. */
export const LONGEST = Math.max(...Object.values(LIMITS));

const isBytes = (value, length) => value instanceof Uint8Array && value.length === length;
const isCount = (value) => isWhole(value, 1, 2 ** 32 - 1); // a moment, a version, a time to live

/** Whether these 64 bytes, x and y, are a point of P-256. */
async function isPoint(bytes) {
  try {
    const curve = { name: "ECDSA", namedCurve: "P-256" };
    await crypto.subtle.importKey("raw", joined(Uint8Array.of(4), bytes), curve, false, ["verify"]);
    return true;
  } catch {
    return false;
  }
}

/** What `signer` (x and y) says in `data`, a document of `type`, for `host`. Throws Malformed. */
async function opened(data, type, signer, host, keys) {
  must(data.length <= LIMITS[type], `a ${type} that is too long`);
  return said(parsed(data, LIMITS[type]), type, signer, host, keys);
}

async function said(message, type, signer, host, keys) {
  must(message.type === type, `not a ${type}`);
  must(equal(message.kid, (await sha256(signer)).subarray(0, 8)), `a ${type} of another signer`);
  must(await holds(message, signer), `a ${type} with a wrong signature`);
  return content(message, type, host, keys);
}

function content(message, type, host, keys) {
  const map = decoded(message.payload, message.payload.length, DEPTH);
  must(map instanceof Map && map.size === keys.length && keys.every((key) => map.has(key)), `a ${type} of another form`);
  must(!keys.includes("host") || map.get("host") === host, `a ${type} of another host`);
  return map;
}

const ROOT = ["version", "host", "iat", "exp", "root", "keys", "consent"];

/** Root version n + 1 where `before` is version n; version 1 where it is null. Throws Malformed. */
export async function rootOf(data, before, host) {
  must(data.length <= LIMITS["keting-root"], "a root that is too long");
  const message = parsed(data, LIMITS["keting-root"]);
  const claimed = content(message, "keting-root", host, ROOT);
  const [version, iat, exp, root, keys, consent] = ["version", "iat", "exp", "root", "keys", "consent"].map((key) =>
    claimed.get(key),
  );
  must(isBytes(root, 64) && isCount(iat) && isCount(exp) && iat < exp, "a root of another form");
  must(version === (before ? before.version + 1 : 1), "not the next root");
  must(keys instanceof Map && keys.size === PURPOSES.length, "not the keys of a root");
  must(PURPOSES.every((purpose) => isBytes(keys.get(purpose), 64)), "not the keys of a root");
  const points = [root, ...keys.values()];
  must(new Set(points.map(hex)).size === 6, "one key for two purposes");
  must((await Promise.all(points.map(isPoint))).every(Boolean), "a key that is no point of the curve");
  await said(message, "keting-root", before ? before.root : root, host, ROOT);
  if (before && !equal(before.root, root)) await agreed(consent, claimed, host);
  else must(consent === null, "a consent that nothing needs");
  return { version, iat, exp, root, keys: Object.fromEntries(keys), bytes: data };
}

/** The new root's key signed the same as the old one. */
async function agreed(consent, claimed, host) {
  must(consent instanceof Uint8Array, "a new root that has not agreed");
  const terms = ROOT.filter((key) => key !== "consent");
  const map = await opened(consent, "keting-root-consent", claimed.get("root"), host, terms);
  must(terms.every((key) => same(map.get(key), claimed.get(key))), "another consent");
}

function same(one, other) {
  if (one instanceof Uint8Array) return other instanceof Uint8Array && equal(one, other);
  if (!(one instanceof Map)) return one === other;
  return other instanceof Map && one.size === other.size && [...one].every(([key, each]) => same(each, other.get(key)));
}

/** The index that goes with `root`. Throws Malformed. */
export async function indexOf(data, root, host) {
  const map = await opened(data, "keting-index", root.keys.lists, host, [
    "version", "host", "iat", "next", "root", "shards", "status", "cuts", "templates",
  ]);
  const [version, iat, next] = ["version", "iat", "next"].map((key) => map.get(key));
  const [shards, status, cuts] = ["shards", "status", "cuts"].map((key) => map.get(key));
  const templates = map.get("templates");
  must(isCount(version) && isCount(iat) && isCount(next) && iat < next, "an index of another form");
  must(map.get("root") === root.version, "an index of another root");
  must([shards, status, cuts].every((part) => part instanceof Map), "an index of another form");
  const hashes = [...shards.values(), ...status.values(), ...cuts.values(), templates];
  must(hashes.every((hash) => isBytes(hash, 32)), "an index without hashes");
  must([...shards.keys()].every((shard) => isWhole(shard, 0, SHARDS - 1)), "a shard that there can't be");
  must([...status.keys()].every((list) => isWhole(list, 0, LISTS - 1)), "a status list that there can't be");
  must(cuts.size <= CUTS && [...cuts.keys()].every((kid) => isBytes(kid, 4)), "cuts that there can't be");
  const byName = new Map([...cuts].map(([kid, hash]) => [hex(kid), hash]));
  return { version, iat, next, shards, status, cuts: byName, templates, bytes: data };
}

/** The key with this kid in a shard: its point and time; null where it has none that can be believed. Throws Malformed. */
export async function keyIn(data, shard, kid, root, host) {
  const map = await opened(data, "keting-keys", root.keys.lists, host, ["host", "shard", "keys"]);
  const entries = map.get("keys");
  must(map.get("shard") === shard && Array.isArray(entries), "another shard");
  const limit = LIMITS["keting-key"];
  must(entries.every((each) => each instanceof Uint8Array && each.length <= limit), "a shard of another form");
  try {
    return await entryOf(entries, kid, root, host);
  } catch (error) {
    if (error instanceof Malformed) return null;
    throw error;
  }
}

const ENTRY = ["host", "kid", "key", "kiosk", "nbf", "exp"];

/** All entries have to be in form; signature and point are looked at where a key is asked for. */
async function entryOf(entries, kid, root, host) {
  const messages = entries.map((each) => parsed(each, LIMITS["keting-key"]));
  const keys = messages.map((message) => claimedKey(message, host));
  must(keys.every((each, n) => each.kid[0] === kid[0] && (!n || order(keys[n - 1].kid, each.kid) < 0)), "kids");
  const at = keys.findIndex((each) => equal(each.kid, kid));
  if (at < 0) return null;
  await said(messages[at], "keting-key", root.keys.kiosks, host, ENTRY);
  must(await isPoint(keys[at].point), "a key that is no point of the curve");
  return keys[at];
}

function claimedKey(message, host) {
  must(message.type === "keting-key", "not a keting-key");
  const map = content(message, "keting-key", host, ENTRY);
  const [kid, point, kiosk, nbf, exp] = ["kid", "key", "kiosk", "nbf", "exp"].map((name) => map.get(name));
  must(isBytes(kid, 4) && isBytes(point, 64) && isText(kiosk, KIOSK), "a key of another form");
  must(isCount(nbf) && isCount(exp) && nbf < exp, "a key that ends before it begins");
  return { kid, point, nbf, exp };
}

/** The status bits of one list. Throws Malformed. */
export async function statusOf(data, list, root, host) {
  const map = await opened(data, "application/statuslist+cwt", root.keys.lists, host, [2, 4, 6, 65533, 65534]);
  const [exp, iat, bits, ttl] = [4, 6, 65533, 65534].map((key) => map.get(key));
  must(isCount(iat) && isCount(exp) && isCount(ttl) && iat < exp, "a status list that ends before it begins");
  must(map.get(2) === `https://${host}/lists/status/${list}`, "another status list");
  must(bits instanceof Map && bits.size === 2 && bits.get("bits") === 1, "not one bit each");
  must(bits.get("lst") instanceof Uint8Array, "not one bit each");
  const lst = unzipped(bits.get("lst"), BITS / 8);
  must(lst.length === BITS / 8, "not 1,048,576 bits");
  return lst;
}

/** Whether bit k of a list is 1. */
export const bitOf = (lst, k) => ((lst[(k % BITS) >> 3] >> (k & 7)) & 1) === 1;

export const listOf = (k) => Math.floor(k / BITS);

/** The hashes of what a key that was cut off had signed before, in hexadecimal. Throws Malformed. */
export async function knownIn(data, kid, root, host) {
  const map = await opened(data, "keting-cut", root.keys.lists, host, ["host", "kid", "at", "known"]);
  const known = map.get("known");
  must(isCount(map.get("at")), "a cut at no moment");
  must(isBytes(map.get("kid"), 4) && equal(map.get("kid"), kid), "the cut list of another key");
  must(Array.isArray(known) && known.every((hash) => isBytes(hash, 32)), "a cut list of another form");
  must(known.every((hash, n) => n === 0 || order(known[n - 1], hash) < 0), "a cut list out of order");
  return new Set(known.map(hex));
}

/**
 * The template of this type and version (null: the first that can be read). Null where there is none, or where it is
 * of a form that came after this page. Throws Malformed.
 */
export async function templateIn(data, type, version, root, host) {
  const map = await opened(data, "keting-templates", root.keys.templates, host, ["host", "templates"]);
  const templates = map.get("templates");
  must(Array.isArray(templates), "templates of another form");
  const named = templates.filter(isNamed);
  must(named.every((each, n) => n === 0 || place(named[n - 1]) < place(each)), "templates out of order or twice");
  const asked = named.filter((each) => each.get("type") === type && [null, each.get("version")].includes(version));
  return asked.map(templateOf).find(Boolean) ?? null;
}

/** Whether type and version say which template this is, whatever else is in it. */
const isNamed = (each) => each instanceof Map && ["type", "version"].every((name) => isWhole(each.get(name), 1, 65535));

const place = (template) => template.get("type") * 65536 + template.get("version");
