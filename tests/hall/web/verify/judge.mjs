// Judges what stands on standard input: {host, documents: {name: base64}, cases: [{text, now, online}]}.

import { fromBase64, given, judged, listsOf } from "./hall.mjs";

const { host, documents, cases } = await given();
const lists = await listsOf(host, fromBase64(documents));
const verdicts = [];
for (const each of cases) verdicts.push(await judged(each, host, lists));
process.stdout.write(JSON.stringify(verdicts));
