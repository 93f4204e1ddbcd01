// Keeps what is marked data-live fresh and binds the keyboard key that the primary key names.
// Everything works without it.
"use strict";

const EVERY_MS = 4000;

async function refresh() {
  if (document.hidden) return;
  const answer = await fetch(location.pathname, { headers: { "Keting-Refresh": "1" }, redirect: "manual" });
  if (!answer.ok) {
    if (answer.type === "opaqueredirect") location.reload();
    return;
  }
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
  for (const old of document.querySelectorAll("[data-live]")) {
    const next = fresh.getElementById(old.id);
    const busy = old.contains(document.activeElement) || old.querySelector("details[open]");
    if (next && !busy && next.outerHTML !== old.outerHTML) old.replaceWith(document.adoptNode(next));
  }
}

if (document.querySelector("[data-live]")) {
  setInterval(() => refresh().catch(() => {}), EVERY_MS);
}

document.addEventListener("keydown", (event) => {
  const key = event.key === " " && document.querySelector("[data-key=' ']");
  const busy = event.target.closest("button, a, input, select, summary, details");
  if (!key || busy || event.repeat || event.ctrlKey || event.altKey || event.metaKey) return;
  event.preventDefault();
  key.click();
});

// One press, one request: the keys rest until the next page is there.
document.addEventListener("submit", (event) => {
  if (document.body.dataset.sent) event.preventDefault();
  document.body.dataset.sent = "1";
});
window.addEventListener("pageshow", () => delete document.body.dataset.sent);
