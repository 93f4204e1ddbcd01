// Asking the hall, with an end to every wait and to every answer.

import { Missing } from "./lists.js";

/** The hall did not answer in time, or not in a way that can be used. */
export class Unreachable extends Missing {}

/** A signal that ends what listens to it after `ms`. */
export function within(ms) {
  const end = new AbortController();
  setTimeout(() => end.abort(), ms);
  return end.signal;
}

/** The bytes at `path`, `limit` at most; null where the hall has none. Throws Unreachable. */
export async function bytesAt(path, limit, signal) {
  try {
    const answer = await fetch(path, { cache: "no-cache", credentials: "omit", redirect: "error", signal });
    if (answer.status === 404) return null;
    if (!answer.ok) throw new Unreachable(String(answer.status));
    return await bounded(answer, limit);
  } catch (error) {
    throw error instanceof Unreachable ? error : new Unreachable(error.name);
  }
}

async function bounded(answer, limit) {
  const reader = answer.body.getReader();
  const parts = [];
  let length = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    length += value.length;
    if (length > limit) {
      reader.cancel();
      throw new Unreachable("too long");
    }
    parts.push(value);
  }
  return new Uint8Array(await new Blob(parts).arrayBuffer());
}

/** The JSON at `path`; null where the hall has none. Throws Unreachable. */
export async function jsonAt(path, signal) {
  const bytes = await bytesAt(path, 65536, signal);
  try {
    return bytes && JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    throw new Unreachable("no JSON");
  }
}
