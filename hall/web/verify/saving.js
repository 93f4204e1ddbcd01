// The signed PDF of a certificate: asked for by the hash of the message, which says nothing to who does not hold it.

import { within } from "./fetching.js";

const MS = 20000;

/** Saves it as a file. Throws where the hall does not give it. */
export async function save(verdict) {
  const answer = await fetch(`/c/${verdict.short}/pdf`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ digest: verdict.digest }),
    credentials: "omit",
    redirect: "error",
    signal: within(MS),
  });
  if (!answer.ok || !/^application\/pdf\b/.test(answer.headers.get("Content-Type") ?? "")) throw new Error("no PDF");
  const address = URL.createObjectURL(await answer.blob());
  const link = document.createElement("a");
  link.href = address;
  link.download = `${verdict.content.number}.pdf`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), MS);
}
