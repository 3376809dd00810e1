// The people of this phone: profiles, PINs, switching (docs/phone.md, "Profiles and tokens").
//
// current()            {profile, device, who, name, deliver, cell, secret, token, key} or null; tokens, secret and key are base64url
// ready                settled once this tab knows whether another tab has a profile unlocked
// everybody()          [{profile, who, name}] of all profiles, by name
// register(pin, {reset})  a profile for whoever is signed in, unlocked; `reset` says that she forgot her PIN
// unlock(profile, pin) throws PinError
// changePin(old, new)  of the unlocked profile; throws PinError
// lock(), forget(profile)
// state(), keepState(state), mark(lesson)  what the unlocked profile's own pages need without a signal
//
// The window gets an event "profile" whenever another profile, or none, is unlocked.
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
  constructor(status, code = "") {
    super(code || `${status}`);
    Object.assign(this, { status, code });
  }
}

const post = async (address, { body, token } = {}) => {
  const headers = { Accept: "application/json", "Content-Type": "application/json" };
  if (token) headers.Authorization = `Bearer ${token}`;
  let response;
  let answer;
  try {
    response = await fetch(address, { method: "POST", headers, body: JSON.stringify(body || {}), cache: "no-store", redirect: "error" });
    answer = response.status === 204 ? {} : await response.json();
  } catch {
    throw new Refused(0);
  }
  if (!response.ok) throw new Refused(response.status, answer.error);
  return answer;
};

export const register = async (pin, { reset = false } = {}) => {
  const made = await post("/telefono/registrar", { body: reset ? { pin, reset: true } : { pin } });
  const { token, secret, ...open } = made;
  const secrets = { token, secret, key: to64(random(32)) };
  await store.put("people", { ...open, ...(await wrap(pin, secrets)), wrong: 0, until: 0, made: Date.now() });
  const before = (await store.all("people")).filter((each) => each.who === open.who && each.profile !== open.profile);
  for (const each of before) await retire(each.profile);
  unlocked.open({ ...open, ...secrets, entered: true });
  return current();
};

// The wrapped secrets by the PIN, counting the try.
const secretsBy = async (profile, pin) => {
  let record;
  let refusal;
  await store.change("people", profile, (found) => {
    record = found;
    if (!found) return found;
    try {
      countTry(found, Date.now());
    } catch (error) {
      refusal = error;
      found.until = error.until;
    }
    return found;
  });
  if (!record || !isHere(record)) throw new Refused(404);
  if (refusal) throw refusal;
  const secrets = await unwrap(pin, record);
  if (!secrets) throw new PinError("wrong", Math.max(record.until - Date.now(), 0), triesLeft(record.wrong));
  await store.change("people", profile, (found) => ({ ...found, wrong: 0, until: 0 }));
  return { record, secrets };
};

export const unlock = async (profile, pin) => {
  const { record, secrets } = await secretsBy(profile, pin);
  const { who, name, device, deliver, cell } = record;
  unlocked.open({ profile, who, name, device, deliver, cell, ...secrets, entered: false });
  enter();
  return current();
};

// Opens her own session in place. True where it is open; false where no signal came or the server knows her token no more.
export const enter = async () => {
  const mine = current();
  if (!mine) return false;
  try {
    await post("/telefono/entrar", { token: mine.token });
  } catch (error) {
    if (error.status === 401 && current()?.profile === mine.profile) unlocked.amend({ entered: true, unknown: true });
    return false;
  }
  if (current()?.profile !== mine.profile) return false;
  unlocked.amend({ entered: true, unknown: false });
  return true;
};

// The session that switching without a signal could not open.
const enterLater = () => {
  if (current()?.entered === false && navigator.onLine) enter();
};
addEventListener("online", enterLater);
unlocked.ready.then(enterLater);

export const changePin = async (old, pin) => {
  const mine = current();
  const { secrets } = await secretsBy(mine.profile, old);
  const wrapped = await wrap(pin, secrets);
  await store.change("people", mine.profile, (found) => ({ ...found, ...wrapped }));
};

// Her sealed records stay, and with them, without her name, the token that hands them in.
const retire = async (profile) => {
  await store.remove("state", profile);
  const waits = (await store.all("outbox")).some((record) => record.profile === profile && record.state === "waiting");
  if (!waits) return store.remove("people", profile);
  await store.change("people", profile, ({ device, deliver, cell }) => ({ profile, device, deliver, cell, gone: Date.now() }));
};

export const forget = async (profile) => {
  if (current()?.profile === profile) lock();
  await retire(profile);
};

// `{state, since}`: what the server said, and the lessons done since, until it says so itself.
const kept = async (mine) => {
  const record = await store.get("state", mine.profile);
  if (!record) return { state: null, since: [] };
  try {
    return await decrypt(mine.key, record);
  } catch {
    return { state: null, since: [] };
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

// What waits no longer was judged by the server, whatever it says of it.
export const keepState = async (told) => {
  const mine = current();
  if (!mine) return;
  const waits = (await store.all("outbox")).some((record) => record.profile === mine.profile && record.state === "waiting");
  const counted = new Set(lessonsOf(told).filter((lesson) => lesson.counts).map((lesson) => lesson.id));
  const { since } = await kept(mine);
  await keep(mine, { state: told, since: waits ? since.filter((id) => !counted.has(id)) : [] });
};

export const mark = async (lesson) => {
  const mine = current();
  if (!mine) return;
  const { state: told, since } = await kept(mine);
  if (!since.includes(lesson)) await keep(mine, { state: told, since: [...since, lesson] });
};
