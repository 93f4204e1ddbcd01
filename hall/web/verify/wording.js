// Every word of the page in the language that was chosen.

import { moment } from "./template.js";

const KEPT = "keting-language";
const MINUTE = 60;
const HOUR = 3600;
const DAY = 86400;

let words = null;
let tongue = /^zh/i.test(navigator.language) ? "zh" : "en";

/** `told` is words.json: the words of the page, and those that kiosk and command line share. */
export function take(told) {
  words = told;
  try {
    tongue = localStorage.getItem(KEPT) ?? tongue;
  } catch {} // a browser that keeps nothing
  document.documentElement.lang = tongue;
}

export function change() {
  tongue = other();
  try {
    localStorage.setItem(KEPT, tongue);
  } catch {}
  document.documentElement.lang = tongue;
}

const other = () => (tongue === "zh" ? "en" : "zh");

/** Of something in both languages, the one that is read. */
export const said = (both) => both[tongue];

export const alsoSaid = (both) => both[other()];

export const hall = () => said(words.hall);

export const hotline = () => words.hotline;

export const result = (name) => words.results[name];

export const reason = (name) => said(words.reasons[name]);

/** What stands before a row that every certificate has. */
export const row = (name, values = {}) => filled(said(words.rows[name]), values);

/** Rows with what the registry's `entry` (or null) says of a revocation: since when, and why where we know the word. */
export function revoked(entry) {
  const { at, why, reasons } = words.revoked;
  const { revoked_at: since, revoked_why: named } = entry ?? {};
  if (!Number.isInteger(since) || since <= 0 || since >= 2 ** 32) return [];
  const known = Object.keys(reasons).includes(named);
  return [[said(at), said(moment(since)), "warn"], ...(known ? [[said(why), said(reasons[named]), "warn"]] : [])];
}

export const notTheHolder = () => said(words.not_the_holder);

export const notAsked = () => said(words.not_asked);

/** Both languages of a sentence of the page. */
export const both = (name) => words.page[name];

export const say = (name, values = {}) => filled(said(both(name)), values);

/** `text` with its braces filled in; what is filled in is not looked at again. */
export const filled = (text, values) =>
  text.replace(/\{([a-z]+)\}/g, (place, name) => (name in values ? values[name] : place));

/** How old the lists are: whole minutes, hours up to two days, then days. */
export function age(seconds) {
  const counted = (n, one, many) => filled(said(n === 1 ? one : many), { n });
  const { line, moment, minute, minutes, hour, hours, days } = words.age;
  let old = said(moment);
  if (seconds >= 2 * DAY) old = counted(Math.floor(seconds / DAY), days, days);
  else if (seconds >= HOUR) old = counted(Math.floor(seconds / HOUR), hour, hours);
  else if (seconds >= MINUTE) old = counted(Math.floor(seconds / MINUTE), minute, minutes);
  return filled(said(line), { age: old });
}
