// What this phone keeps for checking certificates without a signal: the public keys of who issues them, and the lists of
// what was taken back. All of it is public and the same for everybody. It comes from where this code comes from, over the
// same closed line: whoever could change it could change the code that reads it, so it bears no signature of its own.
const CACHE = "known";
const KEPT = "/verificar/conocido.json";
const KEYS = "/verificar/llaves.json";
const MOST_LISTS = 200;
const PURPOSES = ["revocation", "suspension"];

let memory = null;

const ask = async (address) => {
  const response = await fetch(address, { cache: "no-cache", credentials: "omit" });
  // A page of a captive portal is not what we asked for.
  if (response.status !== 200 || response.redirected || !/json|application\/vc/.test(response.headers.get("Content-Type"))) throw new Error("not ours");
  return response.json();
};

// What is kept; null where nothing is.
export const known = async () => {
  try {
    const kept = self.caches && (await (await caches.open(CACHE)).match(KEPT));
    memory ||= kept ? await kept.json() : null;
  } catch {
    // This browser keeps nothing: what was asked for while the page is open serves.
  }
  return memory;
};

const oneList = async (listed) => {
  const found = { at: Date.now() };
  for (const purpose of PURPOSES) {
    const { credentialSubject: said } = await ask(listed[purpose]);
    if (said.statusPurpose !== purpose) throw new Error("not ours");
    found[purpose] = said.encodedList;
  }
  return found;
};

// Asks for all of it anew. A list that cannot be had stays as it was, with its age.
export const refresh = async () => {
  const before = (await known())?.lists || {};
  const { v, keys, lists } = await ask(KEYS);
  if (v !== 1) throw new Error("of another version");
  const found = {};
  for (const listed of lists.slice(0, MOST_LISTS)) {
    const id = listed.id.replaceAll("-", "");
    const list = await oneList(listed).catch(() => before[id]);
    if (list) found[id] = list;
  }
  memory = { at: Date.now(), keys, lists: found };
  try {
    await (await caches.open(CACHE)).put(KEPT, new Response(JSON.stringify(memory), { headers: { "Content-Type": "application/json" } }));
  } catch {
    // As above.
  }
  return memory;
};

// When the oldest of it was had.
export const since = (held) => Math.min(held.at, ...Object.values(held.lists).map(({ at }) => at));
