// One request to POST /sync (docs/phone.md): what goes out, and what an answer means. Nothing is believed that does not
// say, in JSON, which batch it answers: the page of a Wi-Fi portal says "200" to everything.
import { toHex } from "./bytes.js";
import { encode } from "./msgpack.js";

const ADDRESS = "/sync";
const PATIENCE = 20000;
const BUSY = [429, 503];
const POISON = [400, 413, 500];

// By device and session, so that their names stand once.
export const grouped = (records) => {
  const devices = new Map();
  for (const { device, session, sequence, count, sealed } of records) {
    const name = toHex(device);
    if (!devices.has(name)) devices.set(name, [device, new Map()]);
    const sessions = devices.get(name)[1];
    const key = toHex(session);
    if (!sessions.has(key)) sessions.set(key, [session, []]);
    sessions.get(key)[1].push([sequence, count, sealed]);
  }
  return [...devices.values()].map(([device, sessions]) => [device, [...sessions.values()]]);
};

// Packed even where that saves nothing: gzip ends with a checksum, and without one a record whose byte a proxy changed
// would be refused for good.
const packed = async (bytes) => {
  if (!self.CompressionStream) return bytes;
  const stream = new Blob([bytes]).stream().pipeThrough(new CompressionStream("gzip"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
};

const seconds = (header) => {
  const value = header === null ? NaN : Number(header);
  return Number.isNaN(value) ? (Date.parse(header) - Date.now()) / 1000 : value;
};

// What came back, by `kind`: "answered"; "unknown" (this token); "busy" (`after` seconds); "poison" (something in the
// batch); "portal" (somebody else answered); "silent" (nobody did, or the server is ill).
const read = async (response, batch) => {
  if (response.type === "opaqueredirect") return { kind: "portal" };
  const { status } = response;
  const after = seconds(response.headers.get("Retry-After"));
  if (BUSY.includes(status)) return after >= 0 ? { kind: "busy", after } : { kind: "silent" };
  if (!/^application\/json\b/.test(response.headers.get("Content-Type") || "")) {
    return { kind: status < 500 ? "portal" : "silent" };
  }
  const said = await response.json();
  if (status === 200) return said.batch === batch && Array.isArray(said.answers) ? { ...said, kind: "answered" } : { kind: "portal" };
  if (typeof said.error !== "string") return { kind: "silent" };
  if (status === 401) return { kind: "unknown" };
  return { kind: POISON.includes(status) ? "poison" : "silent", reason: said.error };
};

// Sends records, to us or to the hub `at`, which gets no token. `have` is the digest of the state that she has (null: none), undefined where none is wanted; `asIs` sends
// them without compression.
export const ask = async ({ token, records, pending, have, asIs, at = "" }) => {
  const batch = crypto.getRandomValues(new Uint8Array(8));
  const whole = { v: 1, batch, can: ["gzip"], pending, now: Date.now(), sealed: grouped(records) };
  if (have !== undefined) whole.have = have;
  const plain = encode(whole);
  const body = asIs ? plain : await packed(plain);
  const headers = { "Content-Type": "application/msgpack", Accept: "application/json" };
  if (token) headers.Authorization = "Bearer " + token;
  if (body !== plain) headers["Content-Encoding"] = "gzip";
  const patience = new AbortController();
  const timer = setTimeout(() => patience.abort(), PATIENCE);
  const how = { method: "POST", credentials: "omit", cache: "no-store", redirect: "manual", signal: patience.signal };
  try {
    return await read(await fetch(at + ADDRESS, { ...how, headers, body }), toHex(batch));
  } catch {
    // No signal, a line that stalls, or an answer cut in the middle.
    return { kind: "silent" };
  } finally {
    clearTimeout(timer);
  }
};
