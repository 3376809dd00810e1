// Where the server cannot be reached, the hub of her centre takes along what waits (docs/phone.md, "By the centre"). It gets
// no token, and its word counts for nothing: a record stays here until the server itself has named it.
import { toHex } from "./bytes.js";
import { state } from "./people.js";
import { answer, change } from "./store.js";
import { counts, tell } from "./tally.js";
import { ask } from "./wire.js";

const mark = (records, hub) =>
  change(["outbox"], async (transaction) => {
    const outbox = transaction.objectStore("outbox");
    for (const { id } of records) {
      const record = await answer(outbox.get(id));
      if (record) outbox.put({ ...record, hub });
    }
  });

// Hands over what this hub does not have yet, and notes on each record that it has.
export const takeAlong = async (records, nextBatch) => {
  const hub = (await state())?.hub;
  if (!hub || hub === location.origin) return;
  let left = records.filter((record) => record.hub !== hub);
  while (left.length) {
    const batch = nextBatch(left);
    const outcome = await ask({ at: hub, records: batch, pending: records.length });
    if (outcome.kind !== "answered") return;
    const held = new Set(outcome.answers.filter(([, , status]) => status === "held").map(([device, sequence]) => device + sequence));
    await mark(batch.filter((record) => held.has(toHex(record.device) + record.sequence)), hub);
    tell(await counts());
    left = left.slice(batch.length);
  }
};
