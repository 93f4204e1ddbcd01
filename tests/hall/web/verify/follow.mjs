// Visits a hall again and again with one memory: {host, halls: [{name: base64} or null for no network]}.
//
// Says for each visit what was believed then: the version of the index, or the name of what was thrown; and
// the version that is kept whole for when there is no network.

import { Unreachable } from "../../../../hall/web/verify/fetching.js";
import { Following } from "../../../../hall/web/verify/following.js";
import { hex } from "../../../../hall/web/verify/bytes.js";
import { fromBase64, given } from "./hall.mjs";

/** store.js without a browser. */
class Memory {
  states = new Map();
  documents = new Map();

  async state(name) {
    return this.states.get(name);
  }

  async document(hash) {
    return this.documents.get(hex(hash));
  }

  async raise(name, value) {
    if (!(this.states.get(name)?.version >= value.version)) this.states.set(name, value);
  }

  async keep(kept, documents) {
    this.states.set("kept", kept);
    this.documents = new Map(documents.map(([hash, bytes]) => [hex(hash), bytes]));
  }
}

const { host, halls } = await given();
const memory = new Memory();
const visits = [];
for (const hall of halls) {
  const documents = hall && fromBase64(hall);
  const get = async (path) => {
    if (!documents) throw new Unreachable("no network");
    return documents[path.replace("/lists/", "")] ?? null;
  };
  const following = new Following(host, memory, get);
  let believed = null;
  try {
    const lists = await following.current();
    await following.complete(lists);
    believed = lists.index.version;
  } catch (error) {
    believed = error.constructor.name;
  }
  const kept = await following.kept();
  visits.push({ believed, kept: kept?.index.version ?? null, root: kept?.root.version ?? null });
}
process.stdout.write(JSON.stringify(visits));
