// The people of this phone: profiles, PINs, switching (docs/phone.md, "Profiles and tokens").
//
// current()            {profile, device, who, name, deliver, cell, secret, token, key} or null; tokens, secret and key are base64url
// ready                settled once this tab knows whether another tab has a profile unlocked
// everybody()          [{profile, who, name}] of all profiles, by name
// register(pin, {next, reset})  a profile for whoever is signed in, unlocked: `pin` is hers or becomes hers; `next` replaces a
//                      PIN that was given to her to start with; `reset` says that she forgot hers
// unlock(profile, pin) throws PinError
// changePin(old, new)  of the unlocked profile; true where her account took it too; throws PinError
// lock(), forget(profile), sweep(), heirs()
// state(), digest(), keepState(profile, state), mark(lesson)  what the unlocked profile's own pages need without a signal
// notes(), note(list), withdraw(records)  what else she did since, each `{record, …}`, until the server told of it
//
// The window gets an event "profile" whenever another profile, or none, is unlocked or one has left, and "state" when the server told more.
import * as store from "./store.js";
import * as unlocked from "./unlocked.js";
import { PinError, countTry, decrypt, encrypt, random, to64, triesLeft, unwrap, wrap } from "./pin.js";

export { PinError };
export const current = unlocked.current;
export const lock = unlocked.lock;
export const ready = unlocked.ready;

// A profile that left, or was replaced, keeps only what carries its pending records home.
const isHere = (record) => !record.gone;

export const everybody = async () =>
  (await store.all("people"))
    .filter(isHere)
    .map(({ profile, who, name }) => ({ profile, who, name }))
    .sort((one, other) => one.name.localeCompare(other.name));

// A refused request: `status` is HTTP's, 0 where no answer came.
export class Refused extends Error {
  constructor(status, { error = "", why = "" } = {}) {
    super(error || `${status}`);
    Object.assign(this, { status, code: error, why });
  }
}

const post = async (address, { body = {}, token, signal } = {}) => {
  const headers = { Accept: "application/json", "Content-Type": "application/json" };
  if (token) headers.Authorization = `Bearer ${token}`;
  let response;
  let answer;
  try {
    const how = { method: "POST", headers, body: JSON.stringify(body), signal, cache: "no-store", redirect: "error" };
    response = await fetch(address, how);
    answer = response.status === 204 ? {} : await response.json();
  } catch {
    throw new Refused(0);
  }
  if (!response.ok) throw new Refused(response.status, answer);
  return answer;
};

export const register = async (pin, { next = "", reset = false } = {}) => {
  const made = await post("/telefono/registrar", { body: { pin, ...(next && { new: next }), ...(reset && { reset }) } });
  const { token, secret, ...open } = made;
  const secrets = { token, secret, key: to64(random(32)) };
  await store.put("people", { ...open, ...(await wrap(next || pin, secrets)), wrong: 0, until: 0, made: Date.now() });
  const before = (await store.all("people")).filter((each) => each.who === open.who && each.profile !== open.profile);
  for (const each of before) await retire(each.profile, { heir: open.profile });
  unlocked.open({ ...open, ...secrets, entered: true });
  return current();
};

// One record of `people`, changed in one transaction by `work`, which returns what to keep.
const amend = (profile, work) =>
  store.change(["people"], async (transaction) => {
    const people = transaction.objectStore("people");
    const found = await store.answer(people.get(profile));
    if (found) await store.answer(people.put(work(found)));
    return found;
  });

// Counts the try in the record; throws PinError where she must wait, once that is written too.
const begin = async (profile) => {
  let refusal = null;
  const record = await amend(profile, (found) => {
    refusal = countTry(found, Date.now());
    return found;
  });
  if (!record || !isHere(record)) throw new Refused(404);
  if (refusal) throw refusal;
  return record;
};

// The wrapped secrets by the PIN.
const secretsBy = async (profile, pin) => {
  const record = await begin(profile);
  const secrets = await unwrap(pin, record);
  if (!secrets) throw new PinError("wrong", Math.max(record.until - Date.now(), 0), triesLeft(record.wrong));
  await amend(profile, (found) => ({ ...found, wrong: 0, until: 0 }));
  return { record, secrets };
};

export const unlock = async (profile, pin) => {
  const { record, secrets } = await secretsBy(profile, pin);
  const { who, name, device, deliver, cell } = record;
  unlocked.open({ profile, who, name, device, deliver, cell, ...secrets, entered: false });
  enter();
  return current();
};

// Opens her own session in place. True where it is open; false where no signal came or the server knows her token no
// more. What answers after another switch opens nothing: the server ends a session that the cookie does not name.
export const enter = async () => {
  const mine = current();
  if (!mine) return false;
  const interrupt = new AbortController();
  const isStill = () => current()?.profile === mine.profile;
  const look = () => isStill() || interrupt.abort();
  addEventListener("profile", look);
  let known = true;
  try {
    await post("/telefono/entrar", { token: mine.token, signal: interrupt.signal });
  } catch (error) {
    if (error.status !== 401) return false;
    known = false;
  } finally {
    removeEventListener("profile", look);
    unlocked.insist();
  }
  if (!isStill()) return false;
  unlocked.amend({ entered: true, unknown: !known });
  return known;
};

// The session that switching without a signal could not open.
const enterLater = () => {
  if (current()?.entered === false && navigator.onLine) enter();
};
addEventListener("online", enterLater);
unlocked.ready.then(enterLater);

// Her account has a PIN too, for coming in elsewhere: without a signal, or where it is another one, it stays as it is.
export const changePin = async (old, pin) => {
  const mine = current();
  const { secrets } = await secretsBy(mine.profile, old);
  const taken = await post("/telefono/pin", { token: mine.token, body: { pin: old, new: pin } }).catch((error) => error);
  if (taken.code === "pin_weak") throw taken;
  const wrapped = await wrap(pin, secrets);
  await amend(mine.profile, (found) => ({ ...found, ...wrapped }));
  return !(taken instanceof Refused);
};

const waits = async (profile) => (await store.all("outbox")).some((record) => record.profile === profile && record.state === "waiting");

// Her sealed records stay, and with them, without her name, the token that hands them in. `heir` is her own new profile.
const retire = async (profile, more = {}) => {
  await store.remove("state", profile);
  await amend(profile, ({ device, deliver, cell }) => ({ profile, device, deliver, cell, gone: Date.now(), ...more }));
  await sweep();
};

// Profiles that left go altogether once nothing of theirs waits.
export const sweep = async () => {
  for (const { profile, gone } of await store.all("people")) if (gone && !(await waits(profile))) await store.remove("people", profile);
};

// {profile that was replaced: the one that is hers now}.
export const heirs = async () => {
  const found = {};
  for (const { profile, heir } of await store.all("people")) if (heir) found[profile] = heir;
  for (const profile of Object.keys(found)) while (found[found[profile]]) found[profile] = found[found[profile]];
  return found;
};

// Where nothing waits, her account learns of it and ends this profile. What waits would be held up by that: then its token
// goes with it, and nobody has it any more.
export const forget = async (profile) => {
  const mine = current()?.profile === profile ? current() : null;
  if (mine) lock();
  if (mine && !(await waits(profile))) post("/telefono/olvidar", { token: mine.token }).catch(() => {});
  await retire(profile);
  dispatchEvent(new CustomEvent("profile"));
};

// `{state, since, notes}`: what the server said, the lessons done since, and what else was, until it says so itself.
const kept = async (mine) => {
  const nothing = { state: null, since: [], notes: [] };
  const record = await store.get("state", mine.profile);
  if (!record) return nothing;
  try {
    return { ...nothing, ...(await decrypt(mine.key, record)) };
  } catch {
    return nothing;
  }
};

const keep = async (mine, value) => store.put("state", { profile: mine.profile, ...(await encrypt(mine.key, value)) });

const lessonsOf = (state) => (state?.courses || []).flatMap((course) => course.lessons);

// Her state with what she did since laid over it (`since: true` on such lessons); null where there is none yet.
export const state = async () => {
  const mine = current();
  if (!mine) return null;
  const { state: told, since } = await kept(mine);
  for (const lesson of lessonsOf(told)) if (!lesson.counts && since.includes(lesson.id)) lesson.since = true;
  return told;
};

// The digest of her state, by which the server knows whether it has changed.
export const digest = async () => {
  const mine = current();
  return mine ? ((await kept(mine)).state?.digest ?? null) : null;
};

// Does nothing where another profile is unlocked by now: what was asked for one must not be kept for the other.
// What waits no longer was judged by the server, whatever it says of it.
export const keepState = async (profile, told) => {
  const mine = current();
  if (mine?.profile !== profile) return;
  const more = await waits(mine.profile);
  const counted = new Set(lessonsOf(told).filter((lesson) => lesson.counts).map((lesson) => lesson.id));
  const { since, notes } = await kept(mine);
  await keep(mine, { state: told, since: more ? since.filter((id) => !counted.has(id)) : [], notes: more ? notes : [] });
  dispatchEvent(new CustomEvent("state"));
};

export const mark = async (lesson) => {
  const mine = current();
  if (!mine) return;
  const known = await kept(mine);
  if (known.since.includes(lesson)) return;
  await keep(mine, { ...known, since: [...known.since, lesson] });
  dispatchEvent(new CustomEvent("state"));
};

export const notes = async () => (current() ? (await kept(current())).notes : []);

const renote = async (change) => {
  const mine = current();
  if (!mine) return;
  const known = await kept(mine);
  await keep(mine, { ...known, notes: change(known.notes) });
};

export const note = (more) => renote((notes) => [...notes, ...more]);

export const withdraw = (records) => renote((notes) => notes.filter(({ record }) => !records.includes(record)));
