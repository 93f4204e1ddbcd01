// A hall as the page sees it, without a network: documents by their names.

import { sha256 } from "../../../../hall/web/verify/bytes.js";
import { indexOf, rootOf } from "../../../../hall/web/verify/document.js";
import { Lists, Missing } from "../../../../hall/web/verify/lists.js";
import { verify } from "../../../../hall/web/verify/verify.js";

export { sha256 };

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

/** The verdict in the words of `verify-certificate --json`. `registered` is null without a network. */
export async function judged(text, { host, now, lists, registered = null }) {
  const registry = async () => (registered === null ? null : { registered });
  const { result, reason, content, age, short } = await verify(text, { host, now, lists, registry });
  return { result, reason, content, list_age_s: age, short_code: short };
}

export const bytes = (base64) => new Uint8Array(Buffer.from(base64, "base64"));
