// The hall's lists over time: newer ones are taken, older ones refused, whole ones kept for when there is no network.

import { equal, sha256 } from "./bytes.js";
import { indexOf, LONGEST, rootOf } from "./document.js";
import { bytesAt, Unreachable } from "./fetching.js";
import { Lists, Missing } from "./lists.js";
import { must } from "./malformed.js";

/** The hall offered something older than what was already seen, or another thing by the same name. */
export class RolledBack extends Error {}

const MOST_ROOTS = 100; // followed in one go; a hall that has a next one without end is not followed
const MOST = 2 ** 27; // bytes of all documents together
const AT_ONCE = 6;

export class Following {
  constructor(host, store, get = bytesAt) {
    Object.assign(this, { host, store, get, fresh: new Map() });
  }

  /** The whole set kept from an earlier visit, or null. */
  async kept() {
    const kept = await this.store.state("kept");
    if (!kept) return null;
    const index = await indexOf(kept.index, kept.root, this.host);
    return this.lists(kept.root, index, async (_path, hash) => {
      const bytes = await this.store.document(hash);
      if (!bytes) throw new Missing();
      return bytes;
    });
  }

  /** What the hall says now; its documents are fetched when asked for. Throws Unreachable, RolledBack, Malformed. */
  async current(signal) {
    const root = await this.newestRoot(signal);
    const index = await this.newestIndex(root, signal);
    return this.lists(root, index, (path, hash) => this.named(path, hash, signal));
  }

  /** Fetches what of `lists` is not here yet, and keeps the whole. Throws as `current`, and Missing. */
  async complete(lists, signal) {
    const kept = await this.store.state("kept");
    if (kept && equal(kept.index, lists.index.bytes) && kept.root.version === lists.root.version) return;
    const named = [...lists.named];
    const documents = [];
    let total = 0;
    const fetching = async () => {
      for (let next = named.shift(); next; next = named.shift()) {
        const [path, hash] = next;
        const bytes = await this.named(path, hash, signal);
        must(equal(await sha256(bytes), hash), "a document that the index does not name");
        must((total += bytes.length) <= MOST, "more than a verifier can hold");
        documents.push([hash, bytes]);
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, fetching));
    const { root, index } = lists;
    await this.store.keep({ version: index.version, root, index: index.bytes }, documents);
    this.fresh.clear();
  }

  lists(root, index, fetched) {
    return new Lists(this.host, root, index, fetched);
  }

  async newestRoot(signal) {
    let root = (await this.store.state("root")) ?? null;
    const last = (root?.version ?? 1) + MOST_ROOTS;
    for (;;) {
      const next = root ? root.version + 1 : 1;
      const bytes = await this.get(`/lists/root/${next}`, LONGEST, signal);
      if (bytes === null) break;
      must(next <= last, "too many roots");
      root = await rootOf(bytes, root, this.host);
      await this.store.raise("root", root);
    }
    if (!root) throw new Unreachable("no root");
    return root;
  }

  async newestIndex(root, signal) {
    const bytes = await this.get("/lists/index", LONGEST, signal);
    if (bytes === null) throw new Unreachable("no index");
    const index = await indexOf(bytes, root, this.host);
    const mark = await this.store.state("mark");
    const digest = await sha256(bytes);
    if (mark) {
      if (index.version < mark.version) throw new RolledBack("an older index");
      if (index.version === mark.version && !equal(digest, mark.digest)) throw new RolledBack("two of one version");
      if (index.version > mark.version && index.iat < mark.iat) throw new RolledBack("newer by number, older by time");
    }
    await this.store.raise("mark", { version: index.version, iat: index.iat, digest });
    return index;
  }

  /** A document by its hash: from memory, from the store, or from the hall. */
  async named(path, hash, signal) {
    const here = this.fresh.get(path) ?? (await this.store.document(hash));
    if (here && equal(await sha256(here), hash)) return here;
    const bytes = await this.get(`/lists/${path}`, LONGEST, signal);
    if (bytes === null) throw new Missing();
    this.fresh.set(path, bytes);
    return bytes;
  }
}
