// The verifier page: what stands in the address, what is shown, what the keys do.

import { banner } from "./banner.js";
import { checked, newest, registry } from "./checking.js";
import { element, key } from "./elements.js";
import { entry } from "./entry.js";
import { jsonAt, within } from "./fetching.js";
import { Following } from "./following.js";
import { keepPage } from "./offline.js";
import { save } from "./saving.js";
import { isShortCode } from "./short-code.js";
import { shown } from "./showing.js";
import { start } from "./start.js";
import { Store } from "./store.js";
import { both, change, hall, say, take } from "./wording.js";

const KEEPING_MS = 120000;
const { host } = location;
const { base } = document.body.dataset;
const main = document.getElementById("main");

let view = () => [];
let turn = 0; // counts what was asked of the page: an answer that comes late is not shown
let offline = null; // whether the page works without a network; null while that is not known
let following = null;
let leaving = new AbortController(); // ends the camera when its view is left

/** Puts `next` on the page; called again when the language changes. */
function show(next) {
  turn++;
  view = next;
  leaving.abort();
  leaving = new AbortController();
  draw();
  document.getElementById("banner").focus({ preventScroll: true });
  scrollTo(0, 0);
}

function draw() {
  document.title = `${say("title")} · ${hall()}`;
  document.getElementById("hall").textContent = hall();
  document.querySelector("#language span").textContent = say("other-tag");
  main.replaceChildren(...view().filter(Boolean), foot());
}

const foot = () =>
  element(
    "div",
    { class: "foot" },
    element("p", {}, say("stays-here")),
    offline === null ? null : element("p", { id: "offline" }, say(offline ? "offline-ready" : "offline-not")),
  );

/** What the address bar says; the fragment leaves it at once. What an app added to the address is not the paper's. */
function taken() {
  const { pathname, hash } = location;
  if (hash) history.replaceState(null, "", pathname);
  if (!pathname.startsWith("/C/")) {
    showStart();
    return newest(following).then(keep);
  }
  if (hash.length > 1) return check(`https://${host}${pathname}${hash}`);
  const short = pathname.slice(3);
  return isShortCode(short) ? lookUp(short) : check(`https://${host}${pathname}`);
}

function showStart(problem = "") {
  if (location.pathname !== "/verify") history.replaceState(null, "", "/verify");
  show(() => start({ scan, choose, lookUp }, problem && say(problem)));
}

function busy(word) {
  show(() => {
    banner("plain", "scan-frame", both(word), say("checking-sentence"));
    return [];
  });
  return turn;
}

/** Shows the view that `asking` finds, and that there is none where it fails. */
async function answered(asking) {
  const mine = busy("checking");
  let found = null;
  try {
    found = await asking();
  } finally {
    if (mine === turn) {
      if (found) show(found.view);
      else showStart("broken");
    }
  }
  await keep(found.lists);
}

const check = (text) =>
  answered(async () => {
    const verdict = await checked(text, host, following);
    return { view: () => shown(verdict, acts(verdict)), lists: verdict.lists };
  });

const again = () => showStart();

function acts(verdict) {
  const saving = async ({ currentTarget: pressed }) => {
    pressed.disabled = true;
    pressed.lastChild.data = say("saving");
    try {
      await save(verdict);
      pressed.disabled = false;
      pressed.lastChild.data = say("save");
    } catch {
      pressed.lastChild.data = say("not-saved");
    }
  };
  return { again, save: verdict.result === "valid" && verdict.asked ? saving : null };
}

const lookUp = (short) =>
  answered(async () => {
    const said = await registry(short);
    const lists = await newest(following);
    const title = said?.registered && lists ? await lists.title(said.type).catch(() => null) : null;
    return { view: () => entry(short, said, title, { again }), lists };
  });

/** The verdict on what `reading` gives: a code's text, or null for none. A problem has a word of the page as its name. */
async function read(reading, nothing) {
  const mine = turn;
  const scanner = await import("./scanner.js").catch(() => null);
  try {
    const text = scanner && (await reading(scanner));
    if (mine !== turn) return;
    if (!scanner) showStart("no-parts");
    else await (text === null ? nothing() : check(text));
  } catch (error) {
    if (mine === turn) showStart(error.problem ?? "broken");
    if (!error.problem) throw error;
  }
}

function scan() {
  const video = element("video", { playsinline: true });
  video.muted = true;
  show(() => {
    banner("plain", "scan-frame", both("scan"), say("hold"));
    if (video.srcObject) setTimeout(() => video.play()); // who changes the language takes it off the page for a moment
    return [element("div", { class: "view" }, video), key("x", say("stop"), again)];
  });
  return read((scanner) => scanner.live(video, host, base, leaving.signal), again);
}

function choose(file) {
  if (!file) return undefined;
  busy("reading");
  const none = { result: "unreadable", reason: "no-code", age: null, content: null, asked: false };
  return read((scanner) => scanner.inFile(file, host, base), () => show(() => shown(none, acts(none))));
}

/** Page and lists for when there is no network. What could not be kept now is tried at the next visit. */
async function keep(lists) {
  try {
    const { store } = following;
    if (lists && store.lasting) await following.complete(lists, within(KEEPING_MS));
    await keepPage();
    offline = (await following.kept()) !== null && store.lasting;
  } catch {
    offline = null;
  }
  main.lastChild.replaceWith(foot());
}

async function open() {
  const told = jsonAt(`${base}/words.json`, within(10000)).catch(() => null);
  const [words, store] = await Promise.all([told, Store.open()]);
  if (!words) return tellWordless();
  take(words);
  following = new Following(host, store);
  document.getElementById("language").addEventListener("click", () => {
    change();
    draw();
  });
  addEventListener("hashchange", taken);
  await taken();
}

/** Without its words the page has only those that stand in it (page.html). */
function tellWordless() {
  const sentence = document.getElementById("sentence");
  sentence.textContent = sentence.dataset.wordless;
}

open();
