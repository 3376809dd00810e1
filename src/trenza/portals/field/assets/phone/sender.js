// Sends what waits: batches, one after another, until nothing waits or something says to stop.
import { alone } from "./alone.js";
import { toHex } from "./bytes.js";
import { keepState } from "./people.js";
import { answer, change, get, put, remove } from "./store.js";
import { begin, counts, note, tell, waitingRecords } from "./tally.js";
import { mark, passes, renew } from "./tokens.js";
import { ask } from "./wire.js";

const MOST = { records: 100, entries: 5000, bytes: 500000 };
const SAFE = ["accepted", "duplicate", "held"];
const FIRST_PAUSE = 5;
const LONGEST_PAUSE = 600;
const PORTAL_PAUSE = 30;
const FRESH = 60000;

const nextBatch = (records) => {
  const batch = [];
  let entries = 0;
  let bytes = 0;
  for (const record of records.slice(0, MOST.records)) {
    entries += record.count;
    bytes += record.sealed.length + 100;
    if (batch.length && (entries > MOST.entries || bytes > MOST.bytes)) break;
    batch.push(record);
  }
  return batch;
};

// Forgets what the server named, and nothing else, in one transaction. True where anything was settled.
const settle = async (batch, answers) => {
  const sent = new Map(batch.map((record) => [toHex(record.device) + record.sequence, record]));
  const gone = [];
  const kept = [];
  for (const [device, sequence, status, reason] of answers) {
    const record = sent.get(String(device).replaceAll("-", "") + sequence);
    if (record && SAFE.includes(status)) gone.push(record.id);
    else if (record && status === "refused") kept.push({ ...record, state: "refused", reason: String(reason || "") });
  }
  if (gone.length + kept.length === 0) return false;
  // First the cookie, then the records: killed in between, the phone claims no loss that there is not.
  const before = await counts();
  note({ ...before, waiting: before.waiting - gone.length });
  await change(["outbox"], (transaction) => {
    const outbox = transaction.objectStore("outbox");
    for (const id of gone) outbox.delete(id);
    for (const record of kept) outbox.put(record);
  });
  tell(await counts(), { gone, kept: kept.map((record) => record.id) });
  return true;
};

const quarantine = async (record, reason) => {
  await put("outbox", { ...record, state: "refused", reason: "poison:" + reason });
  tell(await counts(), { kept: [record.id] });
};

// What only this phone gave up on may be tried again when she asks for it.
const release = () =>
  change(["outbox"], async (transaction) => {
    const outbox = transaction.objectStore("outbox");
    for (const record of await answer(outbox.getAll())) {
      if (record.reason.startsWith("poison:")) outbox.put({ ...record, state: "waiting", reason: "" });
    }
  });

// One request, with the first token that the server knows.
const attempt = async (run, records) => {
  for (;;) {
    const [pass] = run.passes;
    if (!pass) return { kind: "barred" };
    const outcome = await ask({ token: pass.token, records, pending: run.pending, have: pass.have, asIs: run.asIs });
    if (outcome.kind === "unknown") {
      await mark(pass, "unknown");
      run.passes.shift();
      continue;
    }
    // Perhaps somebody on the way cannot bear what is compressed.
    if (outcome.kind === "poison") run.asIs = true;
    if (outcome.kind === "poison" && pass.have !== undefined) {
      // Perhaps her state is what it cannot make: that shall not hold up what she did.
      delete pass.have;
      continue;
    }
    return { ...outcome, pass };
  }
};

// What an answer says besides: another key of the cell, that access was taken away, or her new state.
const heed = async (run, pass, { revoked, state, cell }) => {
  run.well = true;
  if (pass.have !== undefined) await put("meta", { key: "fresh", profile: pass.profile, at: Date.now() });
  if (cell?.public && cell.id !== pass.cell.id) {
    await renew(cell);
    pass.cell = cell;
  }
  if (revoked && pass.mark !== "revoked") {
    await mark(pass, "revoked");
    delete pass.have;
    run.passes.push(run.passes.shift());
  } else if (state && pass.have !== undefined) {
    await keepState(pass.profile, state);
    pass.have = state.digest;
    tell(await counts(), { state: true });
  }
};

// Delivers a batch. Where the server cannot take it as a whole though it is well, the halves are tried, down to the
// record that is the cause: it is set aside with its reason, and the others proceed.
const deliver = async (run, batch) => {
  const outcome = await attempt(run, batch);
  if (outcome.kind === "answered") {
    const settled = await settle(batch, outcome.answers);
    await heed(run, outcome.pass, outcome);
    return settled || !batch.length ? outcome : { kind: "silent" };
  }
  if (outcome.kind !== "poison") return outcome;
  if (batch.length && !run.well) run.well = (await attempt(run, [])).kind === "answered";
  if (!batch.length || !run.well) return { kind: "silent" };
  if (batch.length === 1) {
    // The line may have spoilt it: only what fails twice is set aside.
    if (run.suspect !== batch[0].id) {
      run.suspect = batch[0].id;
      return deliver(run, batch);
    }
    await quarantine(batch[0], outcome.reason);
    return { kind: "answered" };
  }
  const middle = batch.length >> 1;
  const first = await deliver(run, batch.slice(0, middle));
  return first.kind === "answered" ? deliver(run, batch.slice(middle)) : first;
};

const pause = async (outcome) => {
  const tries = outcome.kind === "silent" ? ((await get("meta", "pause"))?.tries || 0) + 1 : 0;
  let seconds = PORTAL_PAUSE;
  if (outcome.kind === "busy") seconds = Math.min(Math.max(outcome.after, 1), LONGEST_PAUSE);
  // Full jitter: thirty phones that lost the signal together do not come back together.
  if (outcome.kind === "silent") seconds = Math.random() * Math.min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** tries);
  const until = Date.now() + 1000 * seconds;
  await put("meta", { key: "pause", tries, until, kind: outcome.kind });
  return { kind: outcome.kind, until };
};

// Whether there is a reason to wait, and until when. A pause longer than any can be was written under another clock.
const paused = async (force) => {
  const found = await get("meta", "pause");
  const left = found ? found.until - Date.now() : 0;
  if (left <= 0 || left > 1000 * LONGEST_PAUSE) return null;
  // What she or the network asks for overrides our patience, not what the server asked for.
  return force && found.kind !== "busy" ? null : { kind: found.kind, until: found.until };
};

// Whether her state is older than a page or two.
const stale = async ({ profile, have }) => {
  if (have === undefined) return false;
  const last = await get("meta", "fresh");
  return have === null || last?.profile !== profile || Math.abs(Date.now() - last.at) > FRESH;
};

// Her centre's hub takes it along where we cannot be reached; here it stays.
const byCentre = (records) => import("./centre.js").then(({ takeAlong }) => takeAlong(records, nextBatch)).catch(() => {});

const round = async (force, fresh) => {
  await begin();
  const wait = await paused(force);
  if (wait) return wait;
  if (fresh === "again") await release();
  const run = { passes: await passes(), well: false, pending: 0 };
  let ask = Boolean(fresh && run.passes.length && (fresh === "again" || (await stale(run.passes[0]))));
  for (;;) {
    const records = await waitingRecords();
    run.pending = records.length;
    if (!records.length && !ask) return { kind: "answered" };
    ask = false;
    const outcome = await deliver(run, nextBatch(records));
    if (outcome.kind === "barred") return outcome;
    if (outcome.kind === "silent") await byCentre(records);
    if (outcome.kind !== "answered") return pause(outcome);
    await remove("meta", "pause");
  }
};

let running = null;
let following = null;
let wish = {};

// Sends everything that waits, once over all tabs. `force` overrides a pause of ours; `fresh` asks for her state even where
// nothing waits, "again" also tries what was set aside here. Resolves with {kind, until}.
export const flush = ({ force = false, fresh = false } = {}) => {
  wish = { force: wish.force || force, fresh: wish.fresh === "again" ? wish.fresh : fresh || wish.fresh };
  if (running) {
    following ||= running.catch(() => {}).then(() => {
      following = null;
      return flush();
    });
    return following;
  }
  running = alone(() => {
    const { force, fresh } = wish;
    wish = {};
    return round(force, fresh);
  }).finally(() => (running = null));
  return running;
};
