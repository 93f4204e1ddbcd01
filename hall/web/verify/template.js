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

const isSaid = (value) => typeof value?.zh === "string" && typeof value.en === "string";

/** Whether this is a template as this page knows them. */
export const isTemplate = ({ title, issuer, body, prefix, fields }) =>
  [title, issuer, body].every(isSaid) && typeof prefix === "string" && Array.isArray(fields) && fields.every(isField);

const isField = ({ id, label, kind, required, max, choices }) =>
  typeof id === "string" && isSaid(label) && KINDS.includes(kind) && typeof required === "boolean" &&
  Number.isSafeInteger(max) && Object.values(choices ?? {}).every(isSaid);

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
  const filled = (tongue) => template.body[tongue].replace(/\{([a-z0-9_]*)\}/g, (_, name) => values.get(name)[tongue]);
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

/** The day, and with `clock` the time, at `seconds` since 1970 on the hall's wall. */
export function moment(seconds, clock = false) {
  const date = new Date((seconds + 8 * 3600) * 1000);
  const { zh, en } = day(date);
  const time = clock ? ` ${two(date.getUTCHours())}:${two(date.getUTCMinutes())}` : "";
  return { zh: zh + time, en: en + time };
}
