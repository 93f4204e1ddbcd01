// One code from its text to a verdict, with the newest lists that can be had.

import { jsonAt, Unreachable, within } from "./fetching.js";
import { RolledBack } from "./following.js";
import { Malformed } from "./malformed.js";
import { verify } from "./verify.js";

const LISTS_MS = 6000;
const REGISTRY_MS = 4000;
const LOOKS = 2; // at what the hall says: it may publish between its index and what that names

const now = () => Math.floor(Date.now() / 1000);

/**
 * What the hall's registry says of a short code, and of the `copy` with this digest where one is named; null where
 * it can't be asked or says nothing that makes sense.
 */
export async function registry(short, copy = null) {
  try {
    const entry = await jsonAt(`/c/${short}.json${copy ? `?copy=${copy}` : ""}`, within(REGISTRY_MS));
    return typeof entry?.registered === "boolean" ? entry : null;
  } catch (error) {
    if (error instanceof Unreachable) return null;
    throw error;
  }
}

/**
 * The verdict on `text` (verify.js), with `asked`: whether the registry was, `entry`: what it said of a
 * revoked paper, null where it said nothing, and `lists`: what the hall said just now, to be kept whole.
 */
export async function checked(text, host, following) {
  let asked = false;
  const ask = async (short, copy) => {
    const entry = await registry(short, copy);
    asked = entry !== null;
    return entry;
  };
  const judged = (lists) => verify(text, { host, now: now(), lists, registry: ask });
  let verdict = await judged(null); // what is no code of ours needs no lists
  let current = null;
  for (let look = 0; verdict.reason === "no-list" && look < LOOKS; look++) {
    current = await newest(following);
    if (!current) break;
    verdict = await judged(current);
  }
  if (verdict.reason === "no-list") verdict = await judged(await whole(following));
  const entry = verdict.reason === "status" ? await ask(verdict.short, verdict.digest) : null;
  return { ...verdict, asked, entry, lists: current };
}

/** What the hall says now, or null: no line, or nothing that may be believed. */
export async function newest(following) {
  try {
    return await following.current(within(LISTS_MS));
  } catch (error) {
    return nothing(error);
  }
}

async function whole(following) {
  try {
    return await following.kept();
  } catch (error) {
    return nothing(error);
  }
}

function nothing(error) {
  if (error instanceof Unreachable || error instanceof RolledBack || error instanceof Malformed) return null;
  throw error;
}
