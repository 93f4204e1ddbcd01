// Asks for the ticket's state every few seconds. Without it the page reloads itself.
"use strict";

const EVERY_MS = 5000;
const body = document.body;

async function look() {
  if (document.hidden) return;
  const lost = document.getElementById("lost");
  try {
    const answer = await fetch(body.dataset.now, { signal: AbortSignal.timeout(EVERY_MS) });
    if (!answer.ok) throw new Error(String(answer.status));
    const page = await answer.json();
    if (page.state !== body.dataset.state) {
      location.reload();
      return;
    }
    for (const [name, text] of Object.entries(page)) {
      const place = document.getElementById(name);
      if (place && place.textContent !== text) place.textContent = text;
    }
    lost.hidden = true;
  } catch {
    lost.hidden = false;
  }
}

setInterval(look, EVERY_MS);
document.addEventListener("visibilitychange", look);
