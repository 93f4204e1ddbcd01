// What the page keeps of a hall is bounded as a whole.

import assert from "node:assert/strict";
import { test } from "node:test";

import { sha256 } from "../../../../hall/web/verify/bytes.js";
import { Following } from "../../../../hall/web/verify/following.js";
import { Malformed } from "../../../../hall/web/verify/malformed.js";

const LARGEST = new Uint8Array(2 ** 21);
const HASH = await sha256(LARGEST);

/** How many documents are kept of a hall whose index names `number` of the largest. */
async function kept(number) {
  let count = null;
  const store = { state: async () => undefined, document: async () => undefined, keep: async (_, documents) => (count = documents.length) };
  const following = new Following("hall.example", store, async () => LARGEST);
  const named = new Map(Array.from({ length: number }, (_, n) => [`cut/${n}`, HASH]));
  await following.complete({ named, root: { version: 1 }, index: { version: 1, bytes: new Uint8Array(0) } });
  return count;
}

test("2^27 bytes of documents are kept", async () => assert.equal(await kept(64), 64));

test("more are refused", async () => assert.rejects(kept(65), Malformed));
