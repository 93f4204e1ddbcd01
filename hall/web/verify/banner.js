// The answer in word, colour and shape; the same on every surface of the house.

import { alsoSaid, said } from "./wording.js";

const at = (id) => document.getElementById(id);

/** `word` in both languages, the large one in the language that is read. */
export function banner(tone, shape, word, sentence) {
  at("banner").className = `banner ${tone}`;
  at("shape").setAttribute("href", `#shape-${shape}`);
  at("word").textContent = said(word);
  at("word").className = said(word).length > 12 ? "long" : "";
  at("other-word").textContent = alsoSaid(word);
  at("sentence").textContent = sentence;
}
