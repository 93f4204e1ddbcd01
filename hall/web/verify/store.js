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

/** IndexedDB; from the moment a browser refuses that, everything is forgotten at once and the page needs its network. */
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
    return this.tried((base) => done(base.transaction(STATE).objectStore(STATE).get(name)));
  }

  async document(hash) {
    return this.tried((base) => done(base.transaction(DOCUMENTS).objectStore(DOCUMENTS).get(hex(hash))));
  }

  /** The newer of `value` and what is kept under `name` stays, by `version`; two tabs may do this at once. */
  async raise(name, value) {
    return this.tried(async (base) => {
      const state = base.transaction(STATE, "readwrite").objectStore(STATE);
      const old = await done(state.get(name));
      if (!old || old.version < value.version) await done(state.put(value, name));
    });
  }

  /** A whole set at once or not at all: `documents` are pairs of hash and bytes. An older set changes nothing. */
  async keep(kept, documents) {
    return this.tried(async (base) => {
      const change = base.transaction([STATE, DOCUMENTS], "readwrite", { durability: "strict" });
      const state = change.objectStore(STATE);
      const old = await done(state.get("kept"));
      if (old && old.version > kept.version) return;
      const finished = new Promise((resolve, reject) => {
        change.oncomplete = resolve;
        change.onabort = () => reject(change.error);
      });
      state.put(kept, "kept");
      const store = change.objectStore(DOCUMENTS);
      store.clear();
      for (const [hash, bytes] of documents) store.put(bytes, hex(hash));
      await finished;
    });
  }

  /** No room, site data cleared, the connection lost: no reason not to judge a paper with what the hall says. */
  async tried(work) {
    try {
      return this.base ? await work(this.base) : undefined;
    } catch {
      this.base = null;
    }
  }
}
