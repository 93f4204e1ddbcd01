// The service worker: the page and its files without a network. Lists are kept by the page itself (store.js).
//
// The hall writes a line above this one: RELEASE, the name of the release, its page and the files the page
// cannot do without. Another release is another line, and so a new worker.
"use strict";

const PREFIX = "keting-verify-";
const CACHE = PREFIX + RELEASE.name;
const OURS = /^\/(verify$|C\/)/;

self.addEventListener("install", (event) => event.waitUntil(install()));
self.addEventListener("activate", (event) => event.waitUntil(forget()));

async function install() {
  const cache = await caches.open(CACHE);
  await cache.addAll([RELEASE.page, ...RELEASE.files]);
  await self.skipWaiting();
}

async function forget() {
  for (const name of await caches.keys()) {
    if (name.startsWith(PREFIX) && name !== CACHE) await caches.delete(name);
  }
}

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (origin !== self.location.origin || request.method !== "GET") return;
  if (request.mode === "navigate") {
    if (OURS.test(pathname)) event.respondWith(held(RELEASE.page, request));
  } else if (pathname.startsWith("/verify/") || RELEASE.files.includes(request.url.slice(origin.length))) {
    event.respondWith(held(request, request));
  }
});

/** From the cache; else from the hall, and what belongs to this release (the scanner) is kept from then on. */
async function held(key, request) {
  const here = await caches.match(key);
  if (here) return here;
  const answer = await fetch(request);
  if (answer.ok && new URL(request.url).pathname.startsWith(`/verify/${RELEASE.name}/`)) {
    const cache = await caches.open(CACHE);
    await cache.put(request, answer.clone());
  }
  return answer;
}
