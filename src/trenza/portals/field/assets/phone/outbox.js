// What she did and has not arrived yet. A record is forgotten only when the server has named it; until then it is here,
// sealed, whoever holds the phone.
import { fromHex } from "./bytes.js";
import { encode } from "./msgpack.js";
import { current } from "./people.js";
import { seal } from "./seal.js";
import { flush } from "./sender.js";
import { all, answer, change, put as write } from "./store.js";
import { begin, counts, tell } from "./tally.js";

export { flush };
export { events, lost, refused, told, waiting } from "./tally.js";

const MOST_ENTRIES = 1000;

// Everything that is still on this phone.
export const records = () => all("outbox");

// Nobody is unlocked, so there is nobody whose work it could be.
export class Locked extends Error {}

const take = (device, count) =>
  change(["meta"], async (transaction) => {
    const meta = transaction.objectStore("meta");
    const key = "sequence:" + device;
    const next = (await answer(meta.get(key)))?.next || 1;
    meta.put({ key, next: next + count });
    return next;
  });

// Keeps an act, `[code, payload]`, that stands for `count` entries. Resolves with the record once it is on the disk, sealed;
// rejects where it could not be kept. The number is taken first and for itself: a gap harms nobody, a number used twice would.
export const keep = async (act, count) => {
  const person = current();
  if (!person) throw new Locked();
  if (!(count >= 1 && count <= MOST_ENTRIES)) throw new RangeError("entries: " + count);
  const at = Date.now();
  await begin();
  const sequence = await take(person.device, count);
  const { session, sealed } = await seal(person, sequence, count, encode([at, ...act]));
  const { profile } = person;
  const record = { profile, device: fromHex(person.device), session, sequence, count, sealed, at, state: "waiting", reason: "" };
  const id = await write("outbox", record);
  tell(await counts());
  flush().catch(() => {});
  return { ...record, id };
};

// The same; resolves with the record's id.
export const put = async (act, count) => (await keep(act, count)).id;
