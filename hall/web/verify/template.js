// What a template makes of the values of a certificate.

const LAST_DAY = 73049;
const LAST_MONTH = 2399;
const DAY_MS = 86400000;
const DAY_ZERO = Date.UTC(1900, 0, 1);
const MONTHS = [
  "January", "February", "March", "April", "May", "June",
  "July", "August", "September", "October", "November", "December",
];

const KINDS = ["text", "date", "month", "integer", "money", "choice"];

const PLACE = /\{([a-z0-9_]*)\}/g;
const MOST_FIELDS = 16;

/** Whether `value` is a text of 1 to `most` characters. */
export const isText = (value, most) => typeof value === "string" && value !== "" && [...value].length <= most;

export const isWhole = (value, least, most) => Number.isSafeInteger(value) && value >= least && value <= most;

const matches = (value, pattern) => typeof value === "string" && pattern.test(value);
const isSaid = (value, most = 120) =>
  value instanceof Map && value.size === 2 && isText(value.get("zh"), most) && isText(value.get("en"), most);
const hasNames = (value) => value instanceof Map && [...value.keys()].every((key) => typeof key === "string");

/** What this page reads of a template, null where it breaks a rule; what concerns kiosks alone is skipped. */
export function templateOf(map) {
  if (!hasNames(map)) return null;
  const { kind, prefix, title, issuer, fields, body } = Object.fromEntries(map);
  if (!matches(kind, /^[a-z][a-z-]{1,39}$/) || !matches(prefix, /^[0-9]{2}[A-Z]{2}$/)) return null;
  if (!isSaid(title) || !isSaid(issuer) || !isSaid(body, 600)) return null;
  if (!Array.isArray(fields) || fields.length > MOST_FIELDS || !fields.every(isField)) return null;
  const names = new Set(["name", "number", ...fields.map((field) => field.get("id"))]);
  if (names.size !== fields.length + 2 || !placesIn(body).every((place) => names.has(place))) return null;
  const [called, by, says] = [title, issuer, body].map(Object.fromEntries);
  return { kind, prefix, title: called, issuer: by, fields: fields.map(fieldOf), body: says };
}

const placesIn = (body) => [...(body.get("zh") + body.get("en")).matchAll(PLACE)].map((found) => found[1]);

function isField(map) {
  if (!hasNames(map)) return false;
  const { id, label, kind, required, max, choices } = Object.fromEntries(map);
  return (
    matches(id, /^[a-z][a-z0-9_]{0,31}$/) && isSaid(label) && KINDS.includes(kind) && typeof required === "boolean" &&
    isWhole(max, 1, Number.MAX_SAFE_INTEGER) && choices instanceof Map && (kind === "choice") === choices.size > 0 &&
    [...choices].every(([number, said]) => isWhole(number, 0, 999) && isSaid(said))
  );
}

function fieldOf(map) {
  const { id, label, kind, required, max, choices } = Object.fromEntries(map);
  const chosen = [...choices].map(([number, said]) => [number, Object.fromEntries(said)]);
  return { id, label: Object.fromEntries(label), kind, required, max, choices: Object.fromEntries(chosen) };
}

/** Whether the claims are a certificate of this template. */
export function fits(template, claims) {
  const { fields } = template;
  if (claims.fields.length !== fields.length || claims.exp <= claims.iat) return false;
  return fields.every((field, n) => holds(field, claims.fields[n]));
}

function holds(field, value) {
  if (value === null) return !field.required;
  if (field.kind === "text") return typeof value === "string" && [...value].length <= field.max;
  if (typeof value !== "number") return false;
  if (field.kind === "date") return value <= LAST_DAY;
  if (field.kind === "month") return value <= LAST_MONTH;
  if (field.kind === "choice") return value in field.choices;
  return value <= field.max;
}

/** Label and value of every field that has one, each as `{zh, en}`. */
export const rows = (template, claims) =>
  template.fields.flatMap((field, n) =>
    claims.fields[n] === null ? [] : [{ label: field.label, value: shown(field, claims.fields[n]) }],
  );

/** The wording of the paper with its values in it. What a value holds is never read as a place again. */
export function sentence(template, claims, stars) {
  const values = new Map([["name", both(claims.name)], ["number", both(stars)]]);
  template.fields.forEach((field, n) => {
    values.set(field.id, claims.fields[n] === null ? both("—") : shown(field, claims.fields[n]));
  });
  const filled = (tongue) => template.body[tongue].replace(PLACE, (_, name) => values.get(name)[tongue]);
  return { zh: filled("zh"), en: filled("en") };
}

const two = (number) => String(number).padStart(2, "0");
const both = (text) => ({ zh: text, en: text });

function shown(field, value) {
  if (typeof value === "string") return both(value);
  if (field.kind === "date") return day(new Date(DAY_ZERO + value * DAY_MS));
  if (field.kind === "month") {
    const [year, month] = [1900 + Math.floor(value / 12), value % 12];
    return { zh: `${year}年${month + 1}月`, en: `${MONTHS[month]} ${year}` };
  }
  if (field.kind === "money") {
    const amount = `${String(Math.floor(value / 100)).replace(/\B(?=(\d{3})+$)/g, ",")}.${two(value % 100)}`;
    return { zh: `${amount}元`, en: `CNY ${amount}` };
  }
  return field.kind === "choice" ? field.choices[value] : both(String(value));
}

/** A day in words; `date` holds the hall's time as if it were UTC. */
export const day = (date) => ({
  zh: `${date.getUTCFullYear()}年${date.getUTCMonth() + 1}月${date.getUTCDate()}日`,
  en: `${date.getUTCDate()} ${MONTHS[date.getUTCMonth()]} ${date.getUTCFullYear()}`,
});

/** The day at `seconds` since 1970 on the hall's wall. */
export const moment = (seconds) => day(new Date((seconds + 8 * 3600) * 1000));
