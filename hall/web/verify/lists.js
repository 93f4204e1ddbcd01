// One root, one index, and whatever the index names: what a verifier goes by.

import { equal, hex, sha256 } from "./bytes.js";
import { bitOf, keyIn, knownIn, listOf, statusOf, templateIn } from "./document.js";

/** Something that the index names cannot be had. */
export class Missing extends Error {}

/**
 * The lists of one hall. `fetched(path)` gives the bytes of a document that was
 * named by the index, from wherever they are; throws Missing. What comes is
 * believed only where it has the hash that the index says.
 */
export class Lists {
  constructor(host, root, index, fetched) {
    Object.assign(this, { host, root, index, fetched });
  }

  /** Path and hash of everything that the index names. */
  get named() {
    const { shards, status, cuts, templates } = this.index;
    return new Map([
      ["templates", templates],
      ...[...shards].map(([shard, hash]) => [`keys/${shard}`, hash]),
      ...[...status].map(([list, hash]) => [`status/${list}`, hash]),
      ...[...cuts].map(([kid, hash]) => [`cut/${kid}`, hash]),
    ]);
  }

  async document(path) {
    const hash = this.named.get(path);
    const data = await this.fetched(path, hash);
    if (!equal(await sha256(data), hash)) throw new Missing();
    return data;
  }

  /** The key with this kid, or null. */
  async key(kid) {
    const shard = kid[0];
    if (!this.index.shards.has(shard)) return null;
    return keyIn(await this.document(`keys/${shard}`), shard, kid, this.root, this.host);
  }

  /** What the key was known to have signed when it was cut off; null where it was not. */
  async known(kid) {
    const name = hex(kid);
    if (!this.index.cuts.has(name)) return null;
    return knownIn(await this.document(`cut/${name}`), kid, this.root, this.host);
  }

  async template(type, version) {
    return templateIn(await this.document("templates"), type, version, this.root, this.host);
  }

  /** What papers of this type are called, in both languages; null where the templates have none. */
  async title(type) {
    return (await this.template(type, null))?.title ?? null;
  }

  /** Whether this status index is revoked; null where its list is not in the index. */
  async revoked(status) {
    const list = listOf(status);
    if (!this.index.status.has(list)) return null;
    return bitOf(await statusOf(await this.document(`status/${list}`), list, this.root, this.host), status);
  }
}
