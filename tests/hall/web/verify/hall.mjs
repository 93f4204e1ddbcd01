// A hall as the page sees it, without a network: documents by their names below /lists/.

import { indexOf, rootOf } from "../../../../hall/web/verify/document.js";
import { Lists, Missing } from "../../../../hall/web/verify/lists.js";
import { verify } from "../../../../hall/web/verify/verify.js";

/** The lists in `documents` (name to bytes), all versions of the root followed. */
export async function listsOf(host, documents) {
  let root = null;
  for (let next = 1; documents[`root/${next}`]; next++) root = await rootOf(documents[`root/${next}`], root, host);
  const index = await indexOf(documents.index, root, host);
  return new Lists(host, root, index, async (path) => {
    if (!documents[path]) throw new Missing(path);
    return documents[path];
  });
}

/** The verdict in the words of `verify-certificate --json`. `online` is the registry's answer, null without a network. */
export async function judged({ text, now, online }, host, lists) {
  const verdict = await verify(text, { host, now, lists, registry: async () => online });
  const { result, reason, content, age, short } = verdict;
  return { result, reason, content, list_age_s: age, short_code: short };
}

export const fromBase64 = (documents) =>
  Object.fromEntries(Object.entries(documents).map(([name, data]) => [name, new Uint8Array(Buffer.from(data, "base64"))]));

/** What stands on standard input, as JSON. */
export async function given() {
  let input = "";
  for await (const part of process.stdin) input += part;
  return JSON.parse(input);
}
