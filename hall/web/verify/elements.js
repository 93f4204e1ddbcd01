// Elements of the page. Text is always text: nothing that a paper says is read as anything else.

const SVG = "http://www.w3.org/2000/svg";

/** An element; `children` are elements, texts, or nothing. */
export function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") made.addEventListener(name, value);
    else if (value === true) made.setAttribute(name, "");
    else if (value !== false && value !== null) made.setAttribute(name, value);
  }
  made.append(...children.filter((child) => child !== null && child !== undefined));
  return made;
}

/** A drawing of `icons.svg`; a word stands beside it. */
export function icon(name) {
  const svg = document.createElementNS(SVG, "svg");
  const use = document.createElementNS(SVG, "use");
  svg.setAttribute("class", "icon");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("aria-hidden", "true");
  use.setAttribute("href", `#${name}`);
  svg.append(use);
  return svg;
}

/** Somebody else's text: no direction of writing in it reaches what stands around it. */
export const isolated = (text) => element("bdi", {}, text);

/** A key to press; `kind` is "primary" or nothing. */
export const key = (drawing, words, pressed, kind = "") =>
  element("button", { type: "button", class: `key ${kind}`, click: pressed }, drawing && icon(drawing), words);

/** Label and value; values are somebody else's. `pairs` are [label, value, class]. */
export const table = (pairs) =>
  element(
    "dl",
    { class: "rows" },
    ...pairs.map(([label, value, look = ""]) =>
      element("div", { class: look }, element("dt", {}, isolated(label)), element("dd", {}, isolated(value))),
    ),
  );

export const tip = (drawing, ...lines) => element("div", { class: "tip" }, icon(drawing), element("div", {}, ...lines));
