// The compact form of a QR code on paper, read and judged where there is no signal: by the same rules and with the same
// verdicts as apps/credentials/openbadges/compact.py and judging.py.
import { verifyAsync } from "./ed25519.js";

const MOST_BYTES = 1024;
const MOST_LETTERS = 300;
const MOST_NUMBER = 2 ** 31;
const HEAD = 65; // the version, and a signature of 64 bytes
const PREFIX = new TextEncoder().encode("trenza-compact-1\0");
const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
const DIGITS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const DAY = 86400000;
const MOST_DAYS = 2932896; // the last day of the year 9999
// A day begins somewhere on earth so long before it does in UTC, and is over everywhere so long after.
const FIRST_ZONE = 14 * 3600000;
const LAST_ZONE = 12 * 3600000;
const PURPOSES = ["revocation", "suspension"];

const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

// It is no compact form that we can read: of another version, cut, or written in another way.
export class NotCompact extends Error {}

const ensure = (so, why) => {
  if (!so) throw new NotCompact(why);
};

export const isShort = (text) => /\/V\/#/i.test(text);

// The bytes in what a reader of QR codes gave, whatever address stands before them.
export const bytesOf = (text) => {
  const written = text.trim().slice(text.trim().lastIndexOf("#") + 1).toUpperCase();
  ensure(text.includes("#") && written.length <= 2 * MOST_BYTES && ![1, 3, 6].includes(written.length % 8), "no base 32");
  const bytes = new Uint8Array(Math.floor((written.length * 5) / 8));
  let [bits, held, at] = [0, 0, 0];
  for (const letter of written) {
    const value = LETTERS.indexOf(letter);
    ensure(value >= 0, "no base 32");
    held = (held << 5) | value;
    bits += 5;
    if (bits >= 8) {
      bits -= 8;
      bytes[at++] = held >> bits;
      held &= (1 << bits) - 1;
    }
  }
  ensure(held === 0, "bits that belong to no byte");
  return bytes;
};

// --- The little of CBOR that it is written in, in its one shortest form ---

const KINDS = { int: 0, bytes: 2, text: 3, map: 5 };

class Reader {
  at = 0;

  constructor(bytes) {
    this.bytes = bytes;
  }

  take(count) {
    ensure(this.at + count <= this.bytes.length, "it ends too early");
    this.at += count;
    return this.bytes.subarray(this.at - count, this.at);
  }

  head(kind) {
    const [first] = this.take(1);
    const short = first & 31;
    ensure(first >> 5 === kind, "another kind of value");
    if (short < 24) return short;
    ensure(short <= 27, "a length that is not stated");
    const width = 1 << (short - 24);
    const number = this.take(width).reduce((sum, byte) => sum * 256 + byte, 0);
    ensure(number >= (width === 1 ? 24 : 2 ** (4 * width)) && number <= MOST_NUMBER, "a number of another size");
    return number;
  }

  value(kind) {
    if (kind === "true") {
      ensure(this.take(1)[0] === 0xf5, "another kind of value");
      return true;
    }
    const head = this.head(KINDS[kind]);
    if (kind === "int") return head;
    const bytes = this.take(head);
    if (kind === "bytes") return bytes;
    try {
      return utf8.decode(bytes);
    } catch {
      throw new NotCompact("no text");
    }
  }
}

const FIELDS = [
  ["kid", "bytes"], ["code", "bytes"], ["name", "text"], ["title", "text"], ["programme", "text"], ["issued", "int"],
  ["until", "int"], ["list", "bytes"], ["index", "int"], ["hours", "int"], ["demonstration", "true"],
];
const OPTIONAL = ["until", "hours", "demonstration"];

const toHex = (bytes) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");

const codeOf = (bytes) => {
  let number = BigInt(`0x${toHex(bytes)}`);
  ensure(bytes.length === 17 && number < 1n << 130n, "no code");
  let code = "";
  for (let place = 0; place < 26; place++) {
    code = DIGITS[Number(number & 31n)] + code;
    number >>= 5n;
  }
  return code;
};

// What these bytes say; nothing in it is to be believed before `judge` says so.
export const read = (bytes) => {
  ensure(bytes.length > HEAD && bytes.length <= MOST_BYTES && bytes[0] === 1, "of another version, or of another length");
  const payload = bytes.subarray(HEAD);
  const reader = new Reader(payload);
  const said = {};
  let last = -1;
  for (let left = reader.head(KINDS.map); left > 0; left--) {
    const key = reader.head(KINDS.int);
    ensure(key > last && FIELDS[key], "a key that is unknown, or stands twice");
    last = key;
    said[FIELDS[key][0]] = reader.value(FIELDS[key][1]);
  }
  ensure(reader.at === payload.length, "something follows");
  ensure(FIELDS.every(([name]) => name in said || OPTIONAL.includes(name)), "something is missing");
  const texts = [said.name, said.title, said.programme];
  ensure(texts.every((text) => text && [...text].length <= MOST_LETTERS), "a text that is empty or too long");
  ensure(said.kid.length === 8 && said.list.length === 16, "a name of another size");
  ensure(Math.max(said.issued, said.until || 0) <= MOST_DAYS, "a day that never comes");
  const signed = new Uint8Array(PREFIX.length + payload.length);
  signed.set(PREFIX);
  signed.set(payload, PREFIX.length);
  return { ...said, kid: toHex(said.kid), list: toHex(said.list), code: codeOf(said.code), signed, signature: bytes.slice(1, HEAD) };
};

// --- What it is worth ---

const fromBase64 = (text) =>
  Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (letter) => letter.charCodeAt(0));

// Whether the bit of this place is set in a Bitstring Status List; null where the list cannot be read.
const bit = async (encoded, index) => {
  try {
    const stream = new Blob([fromBase64(encoded.slice(1))]).stream().pipeThrough(new DecompressionStream("gzip"));
    const bits = new Uint8Array(await new Response(stream).arrayBuffer());
    return index < bits.length * 8 ? Boolean(bits[index >> 3] & (0x80 >> (index & 7))) : null;
  } catch {
    return null;
  }
};

const standing = ({ issued, until }, bits, now) => {
  if (bits.revocation) return "revoked";
  if (bits.suspension) return "suspended";
  if (issued * DAY - FIRST_ZONE > now) return "not_yet";
  return until !== undefined && (until + 1) * DAY + LAST_ZONE < now ? "expired" : "valid";
};

// `known` is what the phone keeps (known.js). Resolves with the verdict, the signer, and when the list was had by which
// it was judged: null where none is at hand.
export const judge = async (said, known, now = Date.now()) => {
  const key = (known?.keys || []).find(({ kid, trusted }) => kid === said.kid && trusted);
  if (!key) return { verdict: "unknown_issuer", said };
  const held = await verifyAsync(said.signature, said.signed, fromBase64(key.public)).catch(() => false);
  if (!held) return { verdict: "altered", said };
  const list = known.lists[said.list];
  const bits = {};
  for (const purpose of PURPOSES) bits[purpose] = list?.[purpose] ? await bit(list[purpose], said.index) : null;
  const at = PURPOSES.some((purpose) => bits[purpose] === null) ? null : list.at;
  return { verdict: standing(said, bits, now), said, key, at };
};
