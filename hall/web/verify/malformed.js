/** Bytes that break a rule of the format. The text names the rule and quotes no content. */
export class Malformed extends Error {
  name = "Malformed";
}

/** `value`, where `good`; else refused by the name of the rule. */
export function must(good, rule) {
  if (!good) throw new Malformed(rule);
}
