// The files of packs, kept by their hash in Cache Storage: each is fetched once, checked, and shared by all courses.
const NAME = "files";
const PATIENCE = 120000;
const TYPES = { avif: "image/avif", webp: "image/webp", svg: "image/svg+xml", json: "application/json" };

// Why a download stopped: "cut" (no signal), "portal" (another computer answered), "broken" (a file arrived wrong twice),
// "room" (the phone is full), "gone" (the course is not there any more), "failed".
export class Stopped extends Error {
  constructor(reason) {
    super(reason);
    this.reason = reason;
  }
}

const address = (name) => `/archivos/${name}`;
const open = () => caches.open(NAME);
const hex = (buffer) => [...new Uint8Array(buffer)].map((byte) => byte.toString(16).padStart(2, "0")).join("");

// The names of all files that are here.
export const kept = async () => new Set((await (await open()).keys()).map(({ url }) => url.slice(url.lastIndexOf("/") + 1)));

export const drop = async (names) => {
  const cache = await open();
  await Promise.all([...names].map((name) => cache.delete(address(name))));
};

// Fetches a file of a manifest and keeps it. One that arrives wrong is asked for once more, past every cache.
export const bring = async (file, signal) => {
  let data = await checked(file, signal, "default");
  if (!data) data = await checked(file, signal, "reload");
  if (!data) throw new Stopped("broken");
  const headers = { "Content-Type": TYPES[file.name.split(".").pop()] || "application/octet-stream" };
  try {
    await (await open()).put(address(file.name), new Response(data, { headers }));
  } catch (error) {
    throw new Stopped(error.name === "QuotaExceededError" ? "room" : "failed");
  }
};

// The bytes, or null where they are not those that the manifest names.
const checked = async (file, signal, cache) => {
  const response = await ask(address(file.name), signal, { cache });
  let data;
  try {
    data = await response.arrayBuffer();
  } catch (error) {
    // A line that was cut and a body that cannot be unpacked look the same here.
    if (error.name === "AbortError" || !navigator.onLine) throw new Stopped("cut");
    if (cache === "reload") throw new Stopped("cut");
    return null;
  }
  return hex(await crypto.subtle.digest("SHA-256", data)) === file.sha256 ? data : null;
};

// A response of ours. Whatever keeps silent for two minutes is cut.
export const ask = async (url, signal, options = {}) => {
  const patience = AbortSignal.timeout ? AbortSignal.timeout(PATIENCE) : null;
  const signals = [signal, patience].filter(Boolean);
  const either = AbortSignal.any && signals.length > 1 ? AbortSignal.any(signals) : signal;
  let response;
  try {
    response = await fetch(url, { ...options, credentials: "omit", signal: either });
  } catch {
    throw new Stopped("cut");
  }
  if (response.redirected || /^text\/html/.test(response.headers.get("Content-Type") || "")) {
    throw new Stopped(response.status === 404 ? "gone" : "portal");
  }
  if (response.status === 404) throw new Stopped("gone");
  if (response.status === 429 || response.status >= 500) throw new Stopped("cut");
  if (!response.ok) throw new Stopped("portal");
  return response;
};
