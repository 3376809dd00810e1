// Seals acts for the cell, as core/sealing.py opens them (docs/phone.md, "Sealed records"). Who carries a record can
// neither read nor change it, and who lacks her secret cannot make one.
import { fromBase64, fromHex, join } from "./bytes.js";

const INFO = new TextEncoder().encode("trenza sealed entries v1");
const CURVE = { name: "ECDH", namedCurve: "P-256" };
const { subtle } = crypto;

// One ephemeral key for this tab, in memory alone; what it made with a person's secret is forgotten with her.
let ephemeral = null;
let session = null;

const begin = async () => {
  const pair = await subtle.generateKey(CURVE, false, ["deriveBits"]);
  return { private: pair.privateKey, public: new Uint8Array(await subtle.exportKey("raw", pair.publicKey)) };
};

const derive = async (person) => {
  ephemeral ||= begin();
  const own = await ephemeral;
  const cell = fromBase64(person.cell.public);
  const theirs = await subtle.importKey("raw", cell, CURVE, false, []);
  const shared = await subtle.deriveBits({ name: "ECDH", public: theirs }, own.private, 256);
  const base = await subtle.importKey("raw", shared, "HKDF", false, ["deriveKey"]);
  const how = { name: "HKDF", hash: "SHA-256", salt: fromBase64(person.secret), info: join(INFO, own.public, cell) };
  return { public: own.public, key: await subtle.deriveKey(how, base, { name: "AES-GCM", length: 256 }, false, ["encrypt"]) };
};

const sessionOf = (person) => {
  const name = person.device + person.cell.public;
  if (session?.name !== name || session.secret !== person.secret) {
    session = { name, secret: person.secret, made: derive(person) };
    // What failed once may be tried again.
    session.made.catch(forget);
  }
  return session.made;
};

export const forget = () => {
  session = null;
};

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
