// Whose profile is unlocked. Her secrets lie in this tab's sessionStorage and end with it; the cookie `profile` tells
// the server and all other tabs whose turn it is, so a tab that slept through a switch finds out by looking.
const KEPT = "unlocked";
const USED = "used";
export const IDLE = 30 * 60 * 1000;
const NOBODY = "-";
const LONG = 400 * 24 * 3600;
// A tab in the background is slow to answer; who does not wait for it locks it.
const ASKING = 1200;
const ARRIVING = 30000;

// A worker has no tab: for it, nobody is unlocked.
const inPage = Boolean(self.document);
const channel = inPage && self.BroadcastChannel ? new BroadcastChannel("trenza-profile") : null;

const storage = (name) => {
  try {
    return inPage ? self[name] : null;
  } catch {
    return null;
  }
};

export const named = () => (/(?:^|; )profile=([^;]*)/.exec(inPage ? document.cookie : "") || [])[1] || "";

// Hers ends by itself after half an hour: a browser that was closed without locking is locked for the server too.
const name = (profile) => {
  const secure = location.protocol === "https:" ? ";secure" : "";
  document.cookie = `profile=${profile};path=/;samesite=lax;max-age=${profile === NOBODY ? LONG : IDLE / 1000}${secure}`;
};

const text = () => storage("sessionStorage")?.getItem(KEPT) || null;
const read = () => JSON.parse(text());
const keep = (text) => storage("sessionStorage").setItem(KEPT, text);
const wipe = () => storage("sessionStorage")?.removeItem(KEPT);
const send = (message) => channel?.postMessage(message);
const tell = () => dispatchEvent(new CustomEvent("profile"));

// A clock that jumped by more than half an hour, either way, counts as half an hour.
const idle = () => Math.abs(Date.now() - Number(storage("localStorage")?.getItem(USED) || 0)) > IDLE;

// Used so lately that silence may be that of a page on its way.
const isFresh = () => Math.abs(Date.now() - Number(storage("localStorage")?.getItem(USED) || 0)) < ARRIVING;

const use = (profile) => {
  storage("localStorage")?.setItem(USED, Date.now());
  name(profile);
};

// An answer of the server that was on its way may have named another one since: what this tab has open stands.
export const insist = () => name(read()?.profile || NOBODY);

// The unlocked profile of this tab, or null.
export const current = () => {
  const kept = read();
  if (!kept) return null;
  if (named() === kept.profile && !idle()) return kept;
  if (named() === kept.profile) name(NOBODY);
  wipe();
  tell();
  return null;
};

// `profile` as people.js keeps it, tokens, secret and key in base64url.
export const open = (profile) => {
  keep(JSON.stringify(profile));
  use(profile.profile);
  send({ open: text() });
  tell();
};

// What changed in the unlocked profile itself, in this tab and the others.
export const amend = (changes) => {
  keep(JSON.stringify({ ...read(), ...changes }));
  send({ open: text() });
};

export const lock = () => {
  const was = read();
  wipe();
  name(NOBODY);
  send({ locked: true });
  if (was) tell();
};

// The message may be here before the cookie is: looked at once more.
const adopt = (text, last = false) => {
  const before = read();
  if (named() !== JSON.parse(text).profile) return void (last || setTimeout(adopt, 300, text, true));
  keep(text);
  if (before?.profile !== read().profile) tell();
};

channel?.addEventListener("message", ({ data }) => {
  if (data.open) adopt(data.open);
  else if (current() && data.asks) send({ open: text() });
});

// Settled once this tab has asked the others. Where none has it open any more, it is locked: a tab that is between two
// pages hears no question, so it tells by itself when it is back, in time where it was used but now.
export const ready = new Promise((resolve) => {
  if (inPage && current()) send({ open: text() });
  if (!inPage || current() || !named() || named() === NOBODY) return resolve();
  const settle = () => {
    removeEventListener("profile", settle);
    clearTimeout(patience);
    resolve();
  };
  const patience = setTimeout(() => {
    if (!read() && !isFresh()) name(NOBODY);
    settle();
  }, ASKING);
  addEventListener("profile", settle);
  send({ asks: true });
});

// Use is what she does, not what the page does. Looked at before it is noted: coming back late locks.
const watch = () => {
  let noted = -Infinity;
  const note = () => {
    if (performance.now() - noted < 15000) return;
    noted = performance.now();
    const mine = current();
    if (mine) use(mine.profile);
  };
  for (const kind of ["pointerdown", "keydown", "scroll"]) addEventListener(kind, note, { passive: true, capture: true });
  // Quick exit.
  addEventListener("leaving", () => read() && lock());
  addEventListener("pageshow", () => current());
  document.addEventListener("visibilitychange", () => current());
  setInterval(current, 20000);
};
if (inPage) watch();
