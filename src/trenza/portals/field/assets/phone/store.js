// IndexedDB `trenza` (docs/phone.md): what this phone keeps. Where it cannot be had, pages and forms work as ever.
const NAME = "trenza";
const VERSION = 1;
const KEYS = { people: "profile", outbox: "id", state: "profile", packs: "course", downloads: "course", meta: "key" };
const COUNTED = ["outbox"];
const PATIENCE = 5000;
const FORBIDDEN = ["SecurityError", "InvalidStateError"];

// `reason`: "none" (no such thing here), "private" (the browser refuses), "blocked" (a tab with an older version does
// not let go), "failed" (the upgrade or the disk).
export class Unavailable extends Error {
  constructor(reason, cause) {
    super(reason, { cause });
    this.name = "Unavailable";
    this.reason = reason;
  }
}

let handle = null;
let opening = null;
let blocked = false;

// The database; rejects `Unavailable`. It closes as soon as another tab has a newer version, and opens anew when asked.
export const open = () => {
  if (handle) return Promise.resolve(handle);
  if (blocked) return Promise.reject(new Unavailable("blocked"));
  opening ||= ask().finally(() => (opening = null));
  return opening;
};

const ask = () =>
  new Promise((resolve, reject) => {
    let request;
    const refuse = (reason, cause) => reject(new Unavailable(reason, cause));
    try {
      if (!self.indexedDB) return refuse("none");
      request = indexedDB.open(NAME, VERSION);
    } catch (error) {
      return refuse("private", error);
    }
    // Some browsers never answer after a crash: nobody shall wait for that.
    const timer = setTimeout(refuse, PATIENCE, "failed");
    // An upgrade that fails is undone whole.
    request.onupgradeneeded = () => {
      try {
        make(request.result);
      } catch {
        request.transaction.abort();
      }
    };
    request.onblocked = () => {
      blocked = true;
      refuse("blocked");
    };
    request.onerror = () => {
      blocked = false;
      refuse(FORBIDDEN.includes(request.error?.name) ? "private" : "failed", request.error);
    };
    // A request that was blocked may still succeed, long after it was refused.
    request.onsuccess = () => {
      clearTimeout(timer);
      blocked = false;
      resolve(keep(request.result));
    };
  });

const make = (database) => {
  for (const [store, keyPath] of Object.entries(KEYS)) {
    if (!database.objectStoreNames.contains(store)) {
      database.createObjectStore(store, { keyPath, autoIncrement: COUNTED.includes(store) });
    }
  }
};

const keep = (database) => {
  const forget = () => {
    if (handle === database) handle = null;
  };
  database.onversionchange = () => {
    forget();
    database.close();
  };
  database.onclose = forget;
  handle = database;
  return database;
};

const begin = async (stores, mode) => {
  try {
    return (await open()).transaction(stores, mode, { durability: "strict" });
  } catch (error) {
    // It was closed between opening and asking: once more.
    if (error.name !== "InvalidStateError") throw error;
    handle = null;
    return (await open()).transaction(stores, mode, { durability: "strict" });
  }
};

// What a request answers.
export const answer = (request) =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });

export const get = async (store, key) => answer((await begin([store], "readonly")).objectStore(store).get(key));

export const all = async (store) => answer((await begin([store], "readonly")).objectStore(store).getAll());

// One transaction that is on the disk when this resolves, or did nothing. `work` gets it, and may wait for nothing but
// its own requests. Resolves with what `work` answers; rejects where it throws or the transaction aborts.
export const change = async (stores, work) => {
  const transaction = await begin(stores, "readwrite");
  const done = new Promise((resolve, reject) => {
    transaction.oncomplete = resolve;
    transaction.onabort = () => reject(transaction.error || new DOMException("aborted", "AbortError"));
  });
  done.catch(() => {});
  let result;
  try {
    result = await work(transaction);
  } catch (error) {
    try {
      transaction.abort();
    } catch {
      // It has ended by itself.
    }
    throw error;
  }
  await done;
  return result;
};

// Resolves with the key.
export const put = (store, value) => change([store], (transaction) => answer(transaction.objectStore(store).put(value)));

export const remove = (store, key) => change([store], (transaction) => answer(transaction.objectStore(store).delete(key)));
