// A new paper: scan it, choose a picture of it, or type its short code.

import { banner } from "./banner.js";
import { element, icon, key } from "./elements.js";
import { typed } from "./short-code.js";
import { both, say } from "./wording.js";

/** `acts`: `scan()`, `choose(file)`, `lookUp(short)`. */
export function start(acts, problem = "") {
  banner("plain", "scan-frame", both("start"), problem || say("start-sentence"));
  const file = element("input", { type: "file", accept: "image/*,application/pdf", change: () => acts.choose(file.files[0]) });
  return [
    key("scan-qr-code", say("scan"), acts.scan, "primary"),
    element("label", { class: "key file" }, icon("image"), say("choose"), file),
    shortCode(acts.lookUp),
  ];
}

function shortCode(lookUp) {
  const hint = element("p", { id: "hint" }, say("short-code-example"));
  const input = element("input", {
    id: "short-code", maxlength: "40", autocomplete: "off", autocapitalize: "characters", spellcheck: "false",
    "aria-describedby": "hint",
  });
  const submit = (event) => {
    event.preventDefault();
    try {
      lookUp(typed(input.value));
    } catch {
      hint.textContent = say("short-code-wrong");
      hint.className = "wrong";
      input.focus();
    }
  };
  return element(
    "form",
    { submit },
    element("label", { for: "short-code" }, say("short-code")),
    input,
    hint,
    element("button", { class: "key" }, icon("search"), say("look-up")),
  );
}
