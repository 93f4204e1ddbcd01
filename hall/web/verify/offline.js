// Keeping the page itself for when there is no network.

const SCOPES = ["/verify", "/C/"];

/** Resolves when the page and its files are kept. Throws where the browser keeps nothing. */
export async function keepPage() {
  const workers = await Promise.all(
    SCOPES.map((scope) => navigator.serviceWorker.register("/verify/worker.js", { scope, updateViaCache: "none" })),
  );
  await Promise.all(workers.map(ready));
}

async function ready(registration) {
  const { active, waiting, installing } = registration;
  if (active) await registration.update().catch(() => {}); // a newer release is for the next visit
  const worker = active ?? waiting ?? installing;
  return new Promise((resolve, reject) => {
    const look = () => {
      if (worker.state === "activated") resolve();
      if (worker.state === "redundant") reject(new Error("not installed"));
    };
    worker.addEventListener("statechange", look);
    look();
  });
}
