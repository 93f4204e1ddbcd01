// Judges on a first visit to each hall: {host, now, cases: [{text, documents: {name: base64}}]}. Nobody asks the registry.

import { checked } from "../../../../hall/web/verify/checking.js";
import { Following } from "../../../../hall/web/verify/following.js";
import { Store } from "../../../../hall/web/verify/store.js";
import { fromBase64, given } from "./hall.mjs";

const { host, now, cases } = await given();
Date.now = () => now * 1000;
const verdicts = [];
for (const { text, documents } of cases) {
  const hall = fromBase64(documents);
  const following = new Following(host, new Store(null), async (path) => hall[path.replace("/lists/", "")] ?? null);
  const { result, reason, content, age, short } = await checked(text, host, following);
  verdicts.push({ result, reason, content, list_age_s: age, short_code: short });
}
process.stdout.write(JSON.stringify(verdicts), () => process.exit());
