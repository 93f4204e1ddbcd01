// What is shown of a verdict: the answer, what to compare, what to do, and what the answer does not prove.

import { banner } from "./banner.js";
import { element, icon, key, table, tip } from "./elements.js";
import { moment } from "./template.js";
import { age, filled, hotline, notAsked, notTheHolder, reason, result, revoked, row, said, say } from "./wording.js";

/** The body of the page for `verdict` (checking.js). `acts` are what keys do: `again`, and `save` or null. */
export function shown(verdict, acts) {
  const about = result(verdict.result);
  const { content } = verdict;
  const advice = element("section", { id: "advice" }, element("h2", {}, say("what-to-do")), steps(about.advice));
  const good = about.tone === "ok";
  banner(about.tone, about.shape, about.word, filled(said(about.sentence), content ? known(content) : {}));
  return [
    content && element("section", { id: "content" }, element("h2", {}, say("compare")), table(rows(verdict))),
    content && tip("circle-alert", element("strong", {}, notTheHolder()), ...notes(verdict)),
    good ? null : advice,
    content ? null : why(verdict),
    key("scan-qr-code", say("again"), acts.again, "primary"),
    acts.save && key("download", say("save"), acts.save),
    good ? advice : call(),
    tip("map-pin", element("span", {}, say("address")), element("bdi", { class: "host" }, location.host)),
  ];
}

const known = (content) => ({
  issuer: said(content.issuer),
  number: content.number,
  until: said(moment(content.valid_until - 1)),
});

const steps = (advice) =>
  element(
    "ul",
    { class: "steps" },
    ...advice.map((each) =>
      element(
        "li",
        {},
        icon(each.icon),
        element("div", {}, element("strong", {}, said(each.title)), element("span", {}, said(each.line))),
      ),
    ),
  );

/** Which check was the first to fail; with it goes the age of the lists, where they were asked. */
const why = (verdict) =>
  element(
    "section",
    { id: "why" },
    element("h2", {}, say("why")),
    tip("circle-alert", element("strong", { id: "reason" }, reason(verdict.reason)), ...notes(verdict)),
  );

const unknown = (verdict) => verdict.result === "status-unknown";

const notes = (verdict) => [
  verdict.age === null ? null : element(unknown(verdict) ? "strong" : "span", { id: "age" }, age(verdict.age)),
  verdict.result === "valid" && !verdict.asked ? element("span", { id: "unasked" }, notAsked()) : null,
];

function rows({ content, result: answer, entry }) {
  const copy = row(content.copy === 1 ? "original" : "reprint", { n: content.copy });
  return [
    ...revoked(entry),
    [row("title"), said(content.title)],
    ...(said(result(answer).sentence).includes("{issuer}") ? [] : [[row("issuer"), said(content.issuer)]]),
    [row("number"), content.number],
    [row("name"), content.name, "strong"],
    [row("stars"), content.stars, "strong"],
    ...content.rows.map(({ label, value }) => [said(label), said(value)]),
    [row("issued"), said(moment(content.issued))],
    [row("until"), said(moment(content.valid_until - 1)), answer === "expired" ? "warn" : ""],
    [row("copy"), copy, content.copy === 1 ? "" : "strong"],
  ];
}

const call = () =>
  element("a", { class: "key", href: `tel:${hotline()}` }, icon("phone"), say("call", { hotline: hotline() }));
