// A short code alone: what the hall's registry says. No signature was looked at, so nothing here is ever green.

import { banner } from "./banner.js";
import { element, key, table, tip } from "./elements.js";
import { grouped } from "./short-code.js";
import { both, revoked, say, said } from "./wording.js";

/** `entry` is the registry's answer, null where it can't be asked; `title` the kind of paper in both languages. */
export function entry(short, entry, title, acts) {
  if (!entry) banner("plain", "circle-question-dashed", both("entry-unreachable"), say("entry-unreachable-sentence"));
  else if (entry.status === "revoked") banner("warn", "circle-slash", both("entry-revoked"), say("unsigned-sentence"));
  else banner("plain", "circle-question-dashed", both("unsigned"), say("unsigned-sentence"));
  return [
    element("section", { id: "entry" }, element("h2", {}, say("entry")), table(rows(short, entry, title))),
    tip("circle-alert", element("strong", {}, say("entry-scan"))),
    key("scan-qr-code", say("again"), acts.again, "primary"),
  ];
}

function rows(short, entry, title) {
  const code = [say("entry-code"), grouped(short), "strong"];
  if (!entry) return [code];
  if (!entry.registered) return [code, [say("entry-status"), say("entry-none"), "strong"]];
  const states = { valid: "entry-valid", expired: "entry-expired", revoked: "entry-revoked" };
  return [
    code,
    ...(title ? [[say("entry-type"), said(title)]] : []),
    ...(entry.status in states ? [[say("entry-status"), say(states[entry.status]), "strong"]] : []),
    ...revoked(entry),
    ...(Number.isInteger(entry.copies) ? [[say("entry-copies"), String(entry.copies)]] : []),
  ];
}
