// Seals acts for the cell, as core/sealing.py opens them (docs/phone.md, "Sealed records"). Who carries a record can
// neither read nor change it, and who lacks her secret cannot make one.
import { fromBase64, fromHex, join } from "./bytes.js";
import { to64 } from "./pin.js";
import { amend, current } from "./unlocked.js";

const INFO = new TextEncoder().encode("trenza sealed entries v1");
const CURVE = { name: "ECDH", namedCurve: "P-256" };
const { subtle } = crypto;

// What one sitting seals with: in memory, and with what else is unlocked, so that lessons that follow one another share
// the 65 bytes of a session. It ends when she locks. The private half of the ephemeral key is kept nowhere.
let session = null;

const derive = async (person) => {
  const pair = await subtle.generateKey(CURVE, false, ["deriveBits"]);
  const own = new Uint8Array(await subtle.exportKey("raw", pair.publicKey));
  const cell = fromBase64(person.cell.public);
  const theirs = await subtle.importKey("raw", cell, CURVE, false, []);
  const shared = await subtle.deriveBits({ name: "ECDH", public: theirs }, pair.privateKey, 256);
  const base = await subtle.importKey("raw", shared, "HKDF", false, ["deriveKey"]);
  const how = { name: "HKDF", hash: "SHA-256", salt: fromBase64(person.secret), info: join(INFO, own, cell) };
  return { public: own, key: await subtle.deriveKey(how, base, { name: "AES-GCM", length: 256 }, true, ["encrypt"]) };
};

const recall = async (name) => {
  const kept = current()?.sealing;
  if (kept?.name !== name) return null;
  const key = await subtle.importKey("raw", fromBase64(kept.key), "AES-GCM", false, ["encrypt"]);
  return { public: fromBase64(kept.public), key };
};

const remember = async (person, name, made) => {
  const key = new Uint8Array(await subtle.exportKey("raw", made.key));
  if (current()?.device === person.device) amend({ sealing: { name, public: to64(made.public), key: to64(key) } });
};

const make = async (person, name) => {
  const kept = await recall(name);
  if (kept) return kept;
  const made = await derive(person);
  await remember(person, name, made);
  return made;
};

const sessionOf = (person) => {
  const name = person.device + person.cell.public;
  if (session?.name !== name || session.secret !== person.secret) {
    session = { name, secret: person.secret, made: make(person, name) };
    // What failed once may be tried again.
    session.made.catch(forget);
  }
  return session.made;
};

const forget = () => {
  session = null;
};
self.addEventListener("profile", forget);

const nonce = (sequence) => {
  const bytes = new Uint8Array(12);
  const view = new DataView(bytes.buffer);
  view.setUint32(4, Math.floor(sequence / 2 ** 32));
  view.setUint32(8, sequence % 2 ** 32);
  return bytes;
};

const associated = (device, count) => join(fromHex(device), Uint8Array.of(count >> 8, count & 255));

// `person` has `device`, `cell` and `secret`; `plain` stands for `count` entries, the first of which is `sequence`.
// Never twice with the same sequence: a number used twice would give both away.
export const seal = async (person, sequence, count, plain) => {
  const own = await sessionOf(person);
  const how = { name: "AES-GCM", iv: nonce(sequence), additionalData: associated(person.device, count) };
  return { session: own.public, sealed: new Uint8Array(await subtle.encrypt(how, own.key, plain)) };
};
