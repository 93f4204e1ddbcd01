// The page against the vectors of docs/certificate-vectors, as any stranger's verifier would be.

import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { test } from "node:test";

import { judged, listsOf } from "./hall.mjs";

const HERE = new URL("../../../../docs/certificate-vectors/", import.meta.url).pathname;
const json = (name) => JSON.parse(readFileSync(join(HERE, name), "utf8"));

function documents() {
  const folder = join(HERE, "lists");
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((each) => each.isFile());
  const paths = files.map((each) => join(each.parentPath, each.name));
  return Object.fromEntries(paths.map((path) => [relative(folder, path), new Uint8Array(readFileSync(path))]));
}

const { host } = json("keys.json");
const lists = await listsOf(host, documents());

for (const { name, check, text, now, lists: has, online, ...expected } of json("vectors.json")) {
  test(`check ${check}: ${name}`, async () => {
    assert.deepEqual(await judged({ text, now, online }, host, has ? lists : null), expected);
  });
}
