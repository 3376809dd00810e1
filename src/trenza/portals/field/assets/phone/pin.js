// The PIN: what it encrypts, and how often it may be wrong (docs/phone.md, "Profiles and tokens").
// It keeps family out of the app. Who copies the phone's storage can try all PINs elsewhere (docs/security.md).
const ROUNDS = 200000;
const FREE = 5;
const FIRST_WAIT = 30000;
const LONGEST_WAIT = 3600000;

const utf8 = new TextEncoder();

// Bytes as base64url without padding, and back.
export const to64 = (bytes) => btoa(String.fromCharCode(...bytes)).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
export const from64 = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (letter) => letter.charCodeAt(0));
export const random = (count) => crypto.getRandomValues(new Uint8Array(count));

// `kind` is "wrong" (then `left` tries come without waiting) or "wait"; `wait` is how many milliseconds she must wait.
export class PinError extends Error {
  constructor(kind, wait, left = 0) {
    super(kind);
    Object.assign(this, { kind, wait, left });
  }
}

const keyOf = async (pin, salt, rounds) => {
  const material = await crypto.subtle.importKey("raw", utf8.encode(pin), "PBKDF2", false, ["deriveKey"]);
  const how = { name: "PBKDF2", hash: "SHA-256", salt, iterations: rounds };
  return crypto.subtle.deriveKey(how, material, { name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
};

// What a profile keeps of `{token, secret, key}`: the fields salt, rounds, iv and wrapped.
export const wrap = async (pin, secrets) => {
  const salt = random(16);
  const iv = random(12);
  const key = await keyOf(pin, salt, ROUNDS);
  const sealed = await crypto.subtle.encrypt({ name: "AES-GCM", iv }, key, utf8.encode(JSON.stringify(secrets)));
  return { salt, rounds: ROUNDS, iv, wrapped: new Uint8Array(sealed) };
};

// `{token, secret, key}` again; null where the PIN is another.
export const unwrap = async (pin, { salt, rounds, iv, wrapped }) => {
  const key = await keyOf(pin, salt, rounds);
  try {
    return JSON.parse(new TextDecoder().decode(await crypto.subtle.decrypt({ name: "AES-GCM", iv }, key, wrapped)));
  } catch {
    return null;
  }
};

// Her own data under her own key (`key` as base64url): the fields iv and data.
const dataKey = (key, use) => crypto.subtle.importKey("raw", from64(key), "AES-GCM", false, [use]);

export const encrypt = async (key, value) => {
  const iv = random(12);
  const data = await crypto.subtle.encrypt({ name: "AES-GCM", iv }, await dataKey(key, "encrypt"), utf8.encode(JSON.stringify(value)));
  return { iv, data: new Uint8Array(data) };
};

export const decrypt = async (key, { iv, data }) =>
  JSON.parse(new TextDecoder().decode(await crypto.subtle.decrypt({ name: "AES-GCM", iv }, await dataKey(key, "decrypt"), data)));

// How long she must wait after so many wrong PINs: nothing for the first four, then 30 s, doubled up to an hour.
export const pause = (wrong) => (wrong < FREE ? 0 : Math.min(FIRST_WAIT * 2 ** (wrong - FREE), LONGEST_WAIT));

// A try is counted before it is made, so that ending the page in between wins nothing. Changes the record; answers
// null, or what refuses the try. A clock that was set back makes the wait begin anew, and never longer than it was.
export const countTry = (record, now) => {
  const wrong = record.wrong || 0;
  const wait = Math.min(Math.max((record.until || 0) - now, 0), pause(wrong));
  record.wrong = wait ? wrong : wrong + 1;
  record.until = now + (wait || pause(record.wrong));
  return wait ? new PinError("wait", wait) : null;
};

export const triesLeft = (wrong) => Math.max(FREE - wrong, 0);
