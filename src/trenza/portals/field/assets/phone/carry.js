// Sealed records that leave the phone without a signal: as one file, or as a series of QR codes (docs/phone.md).
// They are unreadable to whoever carries them, and stay in the outbox until they are acknowledged.
import { toHex } from "./bytes.js";
import { encode } from "./msgpack.js";
import { answer, change } from "./store.js";
import { begin, counts, tell, waitingRecords } from "./tally.js";
import { decode } from "./unpack.js";
import { grouped } from "./wire.js";

const MAGIC = "TRZ1";
const MOST_BYTES = 2_000_000;
const MOST_RECORDS = 5_000;
// What fits a code that a cheap camera reads from a small screen: version 15 with error correction M.
const LETTERS = 520;
const DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";

export class Unreadable extends Error {}

// Base 45 (RFC 9285): what the letters of a QR code hold best.
export const toBase45 = (bytes) => {
  let text = "";
  for (let i = 0; i < bytes.length; i += 2) {
    const two = i + 1 < bytes.length;
    let value = two ? bytes[i] * 256 + bytes[i + 1] : bytes[i];
    for (let n = two ? 3 : 2; n; n--) {
      text += DIGITS[value % 45];
      value = Math.floor(value / 45);
    }
  }
  return text;
};

export const fromBase45 = (text) => {
  const values = [...text].map((letter) => DIGITS.indexOf(letter));
  if (values.includes(-1) || values.length % 3 === 1) throw new Unreadable();
  const bytes = [];
  for (let i = 0; i < values.length; i += 3) {
    const part = values.slice(i, i + 3);
    const value = part.reduceRight((sum, digit) => sum * 45 + digit, 0);
    if (value > (part.length === 3 ? 0xffff : 0xff)) throw new Unreadable();
    if (part.length === 3) bytes.push(value >> 8);
    bytes.push(value & 255);
  }
  return Uint8Array.from(bytes);
};

const packed = (records) => encode({ v: 1, sealed: grouped(records) });

// Everything that waits on this phone, whosever it is, as one file.
export const file = async () => {
  const records = await waitingRecords();
  const day = new Date().toISOString().slice(0, 10);
  const bytes = [new TextEncoder().encode(MAGIC), packed(records)];
  return { count: records.length, file: new File(bytes, `notas-${day}.trz`, { type: "application/octet-stream" }) };
};

// The same as texts for QR codes. Each stands for itself: one that was missed spoils no other.
export const codes = async () => {
  const parts = [];
  let part = [];
  for (const record of await waitingRecords()) {
    if (part.length && toBase45(packed([...part, record])).length > LETTERS) {
      parts.push(part);
      part = [];
    }
    part.push(record);
  }
  if (part.length) parts.push(part);
  return parts.map((each, n) => `${MAGIC}:${n + 1}/${parts.length}:${toBase45(packed(each))}`);
};

const isBytes = (value, length) => value instanceof Uint8Array && (!length || value.length === length);
const isNumber = (value, most) => Number.isSafeInteger(value) && value > 0 && value <= most;

const flat = (sealed) => {
  if (!Array.isArray(sealed)) throw new Unreadable();
  const records = [];
  for (const [device, sessions] of sealed) {
    for (const [session, held] of sessions) {
      for (const [sequence, count, bytes] of held) {
        const whole = isBytes(device, 16) && isBytes(session, 65) && isBytes(bytes) && bytes.length <= 65_536;
        if (!whole || !isNumber(sequence, Number.MAX_SAFE_INTEGER) || !isNumber(count, 1_000)) throw new Unreadable();
        records.push({ device, session, sequence, count, sealed: bytes });
        if (records.length > MOST_RECORDS) throw new Unreadable();
      }
    }
  }
  return records;
};

const unpacked = (bytes) => {
  if (bytes.length > MOST_BYTES) throw new Unreadable();
  try {
    return flat(decode(bytes).sealed);
  } catch {
    throw new Unreadable();
  }
};

export const readFile = (bytes) => {
  if (new TextDecoder().decode(bytes.slice(0, 4)) !== MAGIC) throw new Unreadable();
  return unpacked(bytes.slice(4));
};

export const readCode = (text) => {
  const found = /^TRZ1:(\d{1,4})\/(\d{1,4}):(.+)$/s.exec(text);
  if (!found) throw new Unreadable();
  return { number: +found[1], of: +found[2], records: unpacked(fromBase45(found[3])) };
};

const nameOf = ({ device, sequence, session }) => `${toHex(device)} ${sequence} ${toHex(session)}`;

// Takes records of another phone into this one's outbox, from where they are sent like its own. How many were new.
export const takeIn = async (records) => {
  await begin();
  const fresh = await change(["outbox"], async (transaction) => {
    const outbox = transaction.objectStore("outbox");
    const known = new Set((await answer(outbox.getAll())).map(nameOf));
    const fresh = records.filter((each) => !known.has(nameOf(each)));
    for (const each of fresh) outbox.add({ ...each, profile: "", at: Date.now(), state: "waiting", reason: "" });
    return fresh.length;
  });
  tell(await counts());
  return fresh;
};
