// What the page remembers of a hall between visits: roots, lists, and how new the newest was. Nothing of any paper.

import { hex } from "./bytes.js";

const NAME = "keting-lists";
const DOCUMENTS = "documents";
const STATE = "state";

const done = (request) =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });

/** IndexedDB; where a browser refuses that, everything is forgotten at once and the page needs its network. */
export class Store {
  static async open() {
    try {
      const request = indexedDB.open(NAME, 1);
      request.onupgradeneeded = () => {
        request.result.createObjectStore(DOCUMENTS);
        request.result.createObjectStore(STATE);
      };
      return new Store(await done(request));
    } catch {
      return new Store(null);
    }
  }

  constructor(base) {
    this.base = base;
  }

  get lasting() {
    return this.base !== null;
  }

  /** `root`: the newest root. `mark`: the newest index there ever was. `kept`: root and index of a whole set. */
  async state(name) {
    return this.base ? done(this.base.transaction(STATE).objectStore(STATE).get(name)) : undefined;
  }

  async document(hash) {
    return this.base ? done(this.base.transaction(DOCUMENTS).objectStore(DOCUMENTS).get(hex(hash))) : undefined;
  }

  /** The newer of `value` and what is kept under `name` stays, by `version`; two tabs may do this at once. */
  async raise(name, value) {
    if (!this.base) return;
    const state = this.base.transaction(STATE, "readwrite").objectStore(STATE);
    const old = await done(state.get(name));
    if (!old || old.version < value.version) await done(state.put(value, name));
  }

  /** A whole set at once or not at all: `documents` are pairs of hash and bytes. An older set changes nothing. */
  async keep(kept, documents) {
    if (!this.base) return;
    const change = this.base.transaction([STATE, DOCUMENTS], "readwrite", { durability: "strict" });
    const finished = new Promise((resolve, reject) => {
      change.oncomplete = resolve;
      change.onabort = () => reject(change.error);
    });
    const state = change.objectStore(STATE);
    const old = await done(state.get("kept"));
    if (old && old.version > kept.version) return;
    state.put(kept, "kept");
    const store = change.objectStore(DOCUMENTS);
    store.clear();
    for (const [hash, bytes] of documents) store.put(bytes, hex(hash));
    await finished;
  }
}
