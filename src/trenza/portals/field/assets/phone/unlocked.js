// Whose profile is unlocked. Her secrets lie in this tab's sessionStorage and end with it; the cookie `profile` tells
// the server and all other tabs whose turn it is, so a tab that slept through a switch finds out by looking.
const KEPT = "unlocked";
const USED = "used";
export const IDLE = 30 * 60 * 1000;
const NOBODY = "-";
const LONG = 400 * 24 * 3600;
const ASKING = 400;

const channel = new BroadcastChannel("profile");

const storage = (name) => {
  try {
    return window[name];
  } catch {
    return null;
  }
};

export const named = () => (/(?:^|; )profile=([^;]*)/.exec(document.cookie) || [])[1] || "";

// Hers ends by itself after half an hour: a browser that was closed without locking is locked for the server too.
const name = (profile) => {
  const secure = location.protocol === "https:" ? ";secure" : "";
  document.cookie = `profile=${profile};path=/;samesite=lax;max-age=${profile === NOBODY ? LONG : IDLE / 1000}${secure}`;
};

const read = () => JSON.parse(storage("sessionStorage")?.getItem(KEPT) || "null");
const keep = (profile) => storage("sessionStorage").setItem(KEPT, JSON.stringify(profile));
const wipe = () => storage("sessionStorage")?.removeItem(KEPT);
const tell = () => dispatchEvent(new CustomEvent("profile"));

// A clock that jumped by more than half an hour, either way, counts as half an hour.
const idle = () => Math.abs(Date.now() - Number(storage("localStorage")?.getItem(USED) || 0)) > IDLE;

export const used = () => {
  storage("localStorage")?.setItem(USED, Date.now());
  name(read().profile);
};

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

export const open = (profile) => {
  keep(profile);
  used();
  channel.postMessage({ open: profile });
  tell();
};

// What changed in the unlocked profile itself, in this tab and the others.
export const amend = (changes) => {
  const profile = { ...read(), ...changes };
  keep(profile);
  channel.postMessage({ open: profile });
};

export const lock = () => {
  const was = read();
  wipe();
  name(NOBODY);
  channel.postMessage({ locked: true });
  if (was) tell();
};

const adopt = (profile) => {
  if (named() !== profile.profile) return;
  const before = read();
  keep(profile);
  if (before?.profile !== profile.profile) tell();
};

channel.addEventListener("message", ({ data }) => {
  if (data.open) adopt(data.open);
  else if (data.asks) current() && channel.postMessage({ open: current() });
  else current();
});

// Settled once this tab has asked the others. Where none has it open any more, it is locked.
export const ready = new Promise((resolve) => {
  if (current() || !named() || named() === NOBODY) return resolve();
  const answered = () => {
    removeEventListener("profile", answered);
    clearTimeout(patience);
    resolve();
  };
  const patience = setTimeout(() => {
    if (!read() && named() !== NOBODY) name(NOBODY);
    answered();
  }, ASKING);
  addEventListener("profile", answered);
  channel.postMessage({ asks: true });
});

// Use is what she does, not what the page does. Looked at before it is noted: coming back late locks.
let noted = 0;
const note = () => {
  if (performance.now() - noted < 15000) return;
  noted = performance.now();
  if (current()) used();
};
for (const kind of ["pointerdown", "keydown", "scroll"]) addEventListener(kind, note, { passive: true, capture: true });
addEventListener("pageshow", () => current());
document.addEventListener("visibilitychange", () => current());
setInterval(current, 20000);
