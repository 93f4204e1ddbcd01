// Judges what stands on standard input (JSON): {host, documents: {name: base64}, cases: [{text, now, registered}]}.

import { bytes, judged, listsOf } from "./hall.mjs";

let input = "";
for await (const part of process.stdin) input += part;
const { host, documents, cases } = JSON.parse(input);
const given = Object.fromEntries(Object.entries(documents).map(([name, data]) => [name, bytes(data)]));
const lists = await listsOf(host, given);
const verdicts = [];
for (const { text, now, registered } of cases) verdicts.push(await judged(text, { host, now, lists, registered }));
process.stdout.write(JSON.stringify(verdicts));
